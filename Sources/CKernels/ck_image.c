#include "ck_image.h"
#include "ck_dispatch.h"

void ck_histogram(const uint8_t *values, long count, int channels, uint64_t *counts) {
  for (long i = 0; i < count; i++)
    for (int c = 0; c < channels; c++) counts[256 * c + *values++]++;
}

void ck_map_bytes(uint8_t *values, long count, const uint8_t table[256]) {
  for (long i = 0; i < count; i++) values[i] = table[values[i]];
}

void ck_gather_bytes(uint8_t *target, const uint8_t *values, long count,
                     const uint8_t table[256]) {
  for (long i = 0; i < count; i++) target[i] |= table[values[i]];
}

CK_KERNEL void ck_pixels_from_values(const float *values, uint8_t *pixels, long count,
                                     double lower, double upper) {
  for (long i = 0; i < count; i++) {
    double value = values[i] > lower ? values[i] : lower;
    value = value < upper ? value : upper;
    pixels[i] = (uint8_t)((value - lower) / (upper - lower) * 255 + 0.5);
  }
}

CK_KERNEL void ck_mark_outside(const uint8_t *values, const uint8_t *region, uint8_t *marked,
                               long count, uint8_t outside) {
  for (long i = 0; i < count; i++) marked[i] = region[i] ? values[i] : outside;
}

CK_KERNEL void ck_insert_channels(const uint8_t *pixels, int channels, uint8_t *target, int all,
                                  int first, long count) {
  target += first;
  if (channels == 1)
    for (long i = 0; i < count; i++) target[i * all] = pixels[i];
  else
    for (long i = 0; i < count; i++)
      for (int c = 0; c < channels; c++) target[i * all + c] = pixels[i * channels + c];
}

CK_KERNEL void ck_take_channels(const uint8_t *source, int all, int first, uint8_t *pixels,
                                int channels, long count) {
  source += first;
  for (long i = 0; i < count; i++)
    for (int c = 0; c < channels; c++) pixels[i * channels + c] = source[i * all + c];
}

// 16-bit fixed point; the weights add up to 65536.
CK_KERNEL void ck_grey_from_rgb(const uint8_t *rgb, uint8_t *grey, long count) {
  for (long i = 0; i < count; i++)
    grey[i] = (uint8_t)((19595u * rgb[3 * i] + 38470u * rgb[3 * i + 1] + 7471u * rgb[3 * i + 2] +
                         32768u) >> 16);
}

CK_KERNEL void ck_rgb_from_grey(const uint8_t *grey, uint8_t *rgb, long count) {
  for (long i = 0; i < count; i++) rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = grey[i];
}

CK_KERNEL void ck_planes_from_pixels(const uint8_t *pixels, float *planes, long area,
                                     int channels) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++) planes[c * area + i] = pixels[i * channels + c];
}

CK_KERNEL void ck_pixels_from_planes(const float *planes, uint8_t *pixels, long area,
                                     int channels) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++) {
      float v = planes[c * area + i];
      pixels[i * channels + c] = (uint8_t)(int)(v < 0 ? 0.5f : v > 255 ? 255.5f : v + 0.5f);
    }
}

CK_KERNEL void ck_mix_values(float *values, const float *others, long count, float share) {
  float rest = 1.0f - share;
  for (long i = 0; i < count; i++) values[i] = share * values[i] + rest * others[i];
}

CK_KERNEL void ck_normalize(const float *values, float *target, long area, int channels,
                            const float *scale, const float *offset) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++)
      target[c * area + i] = values[c * area + i] * scale[c] + offset[c];
}

CK_KERNEL void ck_normalize_pixels(const uint8_t *pixels, float *target, long area, int channels,
                                   const float *scale, const float *offset) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++)
      target[c * area + i] = (float)pixels[i * channels + c] * scale[c] + offset[c];
}

void ck_overlay(const uint8_t *photo, const uint8_t *labels, int h, int w, const uint8_t *colours,
                const float *opacities, uint8_t *target, int target_w) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      const uint8_t *label = labels + (long)y * w + x, *rgb = photo + 3 * ((long)y * w + x);
      int is_border = (x + 1 < w && label[1] != label[0]) || (y + 1 < h && label[w] != label[0]);
      float opacity = opacities[*label] * (is_border ? 2 : 1);
      if (opacity > 1) opacity = 1;
      float grey = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
      uint8_t *out = target + 3 * ((long)y * target_w + x);
      for (int c = 0; c < 3; c++)
        out[c] = (uint8_t)(grey + (colours[3 * *label + c] - grey) * opacity + 0.5f);
    }
}
