#include "ck_dispatch.h"
#include "ck_image.h"

#include <math.h>

// MARK: Counting

void ck_histogram_words(const uint16_t *values, long count, int channels, uint64_t *counts) {
  for (long i = 0; i < count; i++)
    for (int c = 0; c < channels; c++) counts[65536 * (long)c + *values++]++;
}

// Twice over the values: sums of squares about the mean lose nothing where all values are large.
void ck_take_moments(const float *values, long count, int channels, ck_moments *moments) {
  for (int c = 0; c < channels; c++) {
    ck_moments m = {.least = INFINITY, .greatest = -INFINITY};
    double sum = 0, residue = 0;
    for (long i = 0; i < count; i++) {
      float v = values[i * channels + c];
      if (v != v) continue;
      m.count++;
      sum += v;
      if (v < m.least) m.least = v;
      if (v > m.greatest) m.greatest = v;
    }
    m.mean = m.count ? sum / (double)m.count : 0;
    for (long i = 0; i < count; i++) {
      double d = values[i * channels + c] - m.mean;
      if (d != d) continue;
      m.squares += d * d;
      residue += d;
    }
    if (m.count) m.squares -= residue * residue / (double)m.count;
    moments[c] = m;
  }
}

// MARK: Converting

// Integers in 16-bit fixed point; the weights add up to 65536.
#define GREY_OF_INTEGERS(name, type)                                                       \
  CK_KERNEL static void name(const type *rgb, type *grey, long count) {                    \
    for (long i = 0; i < count; i++)                                                       \
      grey[i] = (type)((19595u * rgb[3 * i] + 38470u * rgb[3 * i + 1] +                    \
                        7471u * rgb[3 * i + 2] + 32768u) >> 16);                           \
  }
GREY_OF_INTEGERS(grey_of_bytes, uint8_t)
GREY_OF_INTEGERS(grey_of_words, uint16_t)

CK_KERNEL static void grey_of_reals(const float *rgb, float *grey, long count) {
  for (long i = 0; i < count; i++)
    grey[i] = 0.299f * rgb[3 * i] + 0.587f * rgb[3 * i + 1] + 0.114f * rgb[3 * i + 2];
}

void ck_grey_from_rgb(const void *rgb, void *grey, long count, ck_depth depth) {
  if (depth == ck_bytes) grey_of_bytes(rgb, grey, count);
  if (depth == ck_words) grey_of_words(rgb, grey, count);
  if (depth == ck_reals) grey_of_reals(rgb, grey, count);
}

#define RGB_OF_GREY(name, type)                                                            \
  CK_KERNEL static void name(const type *grey, type *rgb, long count) {                    \
    for (long i = 0; i < count; i++) rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = grey[i]; \
  }
RGB_OF_GREY(rgb_of_bytes, uint8_t)
RGB_OF_GREY(rgb_of_words, uint16_t)
RGB_OF_GREY(rgb_of_reals, float)

void ck_rgb_from_grey(const void *grey, void *rgb, long count, ck_depth depth) {
  if (depth == ck_bytes) rgb_of_bytes(grey, rgb, count);
  if (depth == ck_words) rgb_of_words(grey, rgb, count);
  if (depth == ck_reals) rgb_of_reals(grey, rgb, count);
}

#define WIDEN(name, from, to)                                              \
  CK_KERNEL static void name(const from *source, to *target, long count) { \
    for (long i = 0; i < count; i++) target[i] = source[i];                \
  }
WIDEN(words_of_bytes, uint8_t, uint16_t)
WIDEN(reals_of_bytes, uint8_t, float)
WIDEN(reals_of_words, uint16_t, float)

void ck_widen_samples(const void *source, ck_depth from, void *target, ck_depth to, long count) {
  if (from == ck_bytes && to == ck_words) words_of_bytes(source, target, count);
  if (from == ck_bytes && to == ck_reals) reals_of_bytes(source, target, count);
  if (from == ck_words && to == ck_reals) reals_of_words(source, target, count);
}

// MARK: Clipping and blanks

// What is not a number stays so.
#define CLIP(name, type)                                                               \
  CK_KERNEL static void name(type *samples, long count, double lower, double upper) {  \
    for (long i = 0; i < count; i++) {                                                 \
      if (samples[i] < lower) samples[i] = (type)lower;                                \
      if (samples[i] > upper) samples[i] = (type)upper;                                \
    }                                                                                  \
  }
CLIP(clip_words, uint16_t)
CLIP(clip_reals, float)

void ck_clip_samples(void *samples, ck_depth depth, long count, double lower, double upper) {
  // Whole numbers between the two are those between the whole numbers next to them.
  if (depth == ck_words)
    clip_words(samples, count, fmin(fmax(ceil(lower), 0), 65535),
               fmin(fmax(floor(upper), 0), 65535));
  if (depth == ck_reals) clip_reals(samples, count, lower, upper);
}

void ck_blank_values(float *values, long count, float value) {
  for (long i = 0; i < count; i++)
    if (values[i] == value) values[i] = NAN;
}

long ck_count_not_finite(const float *values, long count, int allows_nan, long *first) {
  long found = 0;
  for (long i = 0; i < count; i++) {
    if (isfinite(values[i]) || (allows_nan && isnan(values[i]))) continue;
    if (found++ == 0) *first = i;
  }
  return found;
}

// MARK: Values of 0...255, and normalised

#define FROM_SAMPLES(planes_name, normalize_name, type)                                        \
  CK_KERNEL static void planes_name(const type *samples, float *planes, long area,             \
                                    int channels, ck_span span) {                              \
    for (int c = 0; c < channels; c++) {                                                       \
      float black = span.black[c], factor = span.factor[c], fill = span.fill[c];               \
      for (long i = 0; i < area; i++) {                                                        \
        float v = ((float)samples[i * channels + c] - black) * factor;                         \
        planes[c * area + i] = v != v ? fill : v;                                              \
      }                                                                                        \
    }                                                                                          \
  }                                                                                            \
  CK_KERNEL static void normalize_name(const type *samples, float *target, long area,          \
                                       int channels, ck_span span, const float *scale,         \
                                       const float *offset) {                                  \
    for (int c = 0; c < channels; c++) {                                                       \
      float black = span.black[c], factor = span.factor[c], fill = span.fill[c];               \
      for (long i = 0; i < area; i++) {                                                        \
        float v = ((float)samples[i * channels + c] - black) * factor;                         \
        target[c * area + i] = (v != v ? fill : v) * scale[c] + offset[c];                     \
      }                                                                                        \
    }                                                                                          \
  }
FROM_SAMPLES(planes_of_words, normalize_words, uint16_t)
FROM_SAMPLES(planes_of_reals, normalize_reals, float)

void ck_planes_from_samples(const void *samples, ck_depth depth, float *planes, long area,
                            int channels, ck_span span) {
  if (depth == ck_words) planes_of_words(samples, planes, area, channels, span);
  if (depth == ck_reals) planes_of_reals(samples, planes, area, channels, span);
}

void ck_normalize_samples(const void *samples, ck_depth depth, float *target, long area,
                          int channels, ck_span span, const float *scale, const float *offset) {
  if (depth == ck_words)
    normalize_words(samples, target, area, channels, span, scale, offset);
  if (depth == ck_reals)
    normalize_reals(samples, target, area, channels, span, scale, offset);
}
