#include "ck_resample.h"
#include "ck_dispatch.h"
#include "ck_taps.h"

#include <string.h>

// MARK: Resizing

// [h][w][channels] → [h][target_w][channels]
#define RESIZE_ROWS(name, type)                                                             \
  CK_KERNEL static void name(const type *source, int h, int w, int channels, float *target, \
                             int target_w, const axis_taps *taps) {                         \
    for (int y = 0; y < h; y++) {                                                           \
      const type *row = source + (size_t)y * w * channels;                                  \
      for (int x = 0; x < target_w; x++) {                                                  \
        const float *weights = taps->weights + (size_t)x * taps->most;                      \
        const type *from = row + (size_t)taps->first[x] * channels;                         \
        for (int c = 0; c < channels; c++) {                                                \
          float sum = 0;                                                                    \
          for (int k = 0; k < taps->count[x]; k++) sum += weights[k] * from[k * channels + c]; \
          *target++ = sum;                                                                  \
        }                                                                                   \
      }                                                                                     \
    }                                                                                       \
  }
RESIZE_ROWS(resize_rows_of_bytes, uint8_t)
RESIZE_ROWS(resize_rows_of_words, uint16_t)
RESIZE_ROWS(resize_rows_of_reals, float)

// [h][row] → [target_h][row]. Integers are rounded to nearest: the sum begins at a half, and `kept`
// cuts it off.
#define RESIZE_COLUMNS(name, type, start, kept)                                             \
  CK_KERNEL static void name(const float *source, long row, type *target, int target_h,     \
                             const axis_taps *taps) {                                       \
    enum { block = 64 };                                                                    \
    for (int y = 0; y < target_h; y++) {                                                    \
      const float *weights = taps->weights + (size_t)y * taps->most;                        \
      const float *from = source + taps->first[y] * row;                                    \
      for (long i = 0; i < row; i += block) {                                               \
        int width = row - i < block ? (int)(row - i) : block;                               \
        float sums[block];                                                                  \
        for (int j = 0; j < width; j++) sums[j] = start;                                    \
        for (int k = 0; k < taps->count[y]; k++)                                            \
          for (int j = 0; j < width; j++) sums[j] += weights[k] * from[k * row + i + j];    \
        for (int j = 0; j < width; j++) target[y * row + i + j] = (type)kept(sums[j]);      \
      }                                                                                     \
    }                                                                                       \
  }
#define KEPT_BYTE(sum) ((sum) < 0 ? 0 : (sum) > 255 ? 255 : (sum))
#define KEPT_WORD(sum) ((sum) < 0 ? 0 : (sum) > 65535 ? 65535 : (sum))
#define KEPT_REAL(sum) (sum)
RESIZE_COLUMNS(resize_columns_of_bytes, uint8_t, 0.5f, KEPT_BYTE)
RESIZE_COLUMNS(resize_columns_of_words, uint16_t, 0.5f, KEPT_WORD)
RESIZE_COLUMNS(resize_columns_of_reals, float, 0, KEPT_REAL)

long ck_resize_scratch(int h, int channels, double covered_h, double covered_w, int target_h,
                       int target_w, int antialias) {
  return (long)h * target_w * channels + tap_words(covered_w, target_w, antialias) +
         tap_words(covered_h, target_h, antialias);
}

void ck_resize_bilinear(const void *source, ck_depth depth, int h, int w, int channels,
                        double covered_h, double covered_w, void *target, int target_h,
                        int target_w, int antialias, float *scratch) {
  float *between = scratch + tap_words(covered_w, target_w, antialias) +
                   tap_words(covered_h, target_h, antialias);
  axis_taps columns = make_taps(scratch, w, covered_w, target_w, antialias);
  axis_taps rows = make_taps(scratch + tap_words(covered_w, target_w, antialias), h, covered_h,
                             target_h, antialias);
  long row = (long)target_w * channels;
  if (depth == ck_bytes) {
    resize_rows_of_bytes(source, h, w, channels, between, target_w, &columns);
    resize_columns_of_bytes(between, row, target, target_h, &rows);
  } else if (depth == ck_words) {
    resize_rows_of_words(source, h, w, channels, between, target_w, &columns);
    resize_columns_of_words(between, row, target, target_h, &rows);
  } else {
    resize_rows_of_reals(source, h, w, channels, between, target_w, &columns);
    resize_columns_of_reals(between, row, target, target_h, &rows);
  }
}

static int nearest(int i, int source, int target) {
  return (int)((2L * i + 1) * source / (2L * target));
}

void ck_resize_nearest(const ck_label *source, int planes, int h, int w, ck_label *target,
                       int target_h, int target_w) {
  for (int p = 0; p < planes; p++, source += (size_t)h * w)
    for (int y = 0; y < target_h; y++) {
      const ck_label *row = source + (size_t)nearest(y, h, target_h) * w;
      for (int x = 0; x < target_w; x++) *target++ = row[nearest(x, w, target_w)];
    }
}

// MARK: Mirroring and cropping

#define MIRROR(name, type)                                   \
  CK_KERNEL void name(type *values, int rows, int w) {       \
    for (int y = 0; y < rows; y++) {                         \
      type *row = values + (long)y * w;                      \
      for (int x = 0; x < w / 2; x++) {                      \
        type value = row[x];                                 \
        row[x] = row[w - 1 - x];                             \
        row[w - 1 - x] = value;                              \
      }                                                      \
    }                                                        \
  }
MIRROR(ck_mirror_floats, float)
MIRROR(ck_mirror_labels, ck_label)

void ck_crop_floats(const float *source, int channels, int h, int w, float *target, int top,
                    int left, int target_h, int target_w) {
  for (int c = 0; c < channels; c++)
    for (int y = 0; y < target_h; y++, target += target_w)
      memcpy(target, source + ((long)c * h + top + y) * w + left, sizeof(float) * target_w);
}

void ck_crop_labels(const ck_label *source, int planes, int h, int w, ck_label *target, int top,
                    int left, int target_h, int target_w) {
  for (int p = 0; p < planes; p++)
    for (int y = 0; y < target_h; y++, target += target_w)
      memcpy(target, source + ((long)p * h + top + y) * w + left,
             sizeof(ck_label) * (size_t)target_w);
}

void ck_crop_bytes(const uint8_t *source, int w, int channels, uint8_t *target, int top, int left,
                   int target_h, int target_w) {
  size_t row = (size_t)target_w * channels;
  for (int y = 0; y < target_h; y++, target += row)
    memcpy(target, source + ((size_t)(top + y) * w + left) * channels, row);
}

// c b a | a b c | c b a
static int mirrored(int place, int extent) {
  int m = place % (2 * extent);
  return m < extent ? m : 2 * extent - 1 - m;
}

void ck_cut_mirrored(const uint8_t *source, int h, int w, int channels, uint8_t *target, int top,
                     int left, int target_h, int target_w) {
  int inside = w - left < target_w ? w - left : target_w;
  for (int y = 0; y < target_h; y++, target += (size_t)target_w * channels) {
    const uint8_t *row = source + (size_t)mirrored(top + y, h) * w * channels;
    memcpy(target, row + (size_t)left * channels, (size_t)inside * channels);
    for (int x = inside; x < target_w; x++)
      memcpy(target + (size_t)x * channels, row + (size_t)mirrored(left + x, w) * channels,
             (size_t)channels);
  }
}

void ck_cut_counting(const ck_label *source, int planes, int h, int w, ck_label *target, int top,
                     int left, int target_h, int target_w, ck_counting counting) {
  int first = counting.first_column - left, last = counting.last_column - left;
  for (int p = 0; p < planes; p++, source += (size_t)h * w)
    for (int y = 0; y < target_h; y++, target += target_w) {
      for (int x = 0; x < target_w; x++) target[x] = CK_IGNORED;
      if (top + y < counting.first_row || top + y >= counting.last_row) continue;
      memcpy(target + first, source + (size_t)(top + y) * w + counting.first_column,
             sizeof(ck_label) * (size_t)(last - first));
    }
}
