#include "ck_image.h"
#include "ck_dispatch.h"
#include <string.h>

void ck_histogram(const uint8_t *values, long count, int channels, uint64_t *counts) {
  for (long i = 0; i < count; i++)
    for (int c = 0; c < channels; c++) counts[256 * c + *values++]++;
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

CK_KERNEL void ck_mix_values(float *values, const float *others, long count, float lambda) {
  float rest = 1.0f - lambda;
  for (long i = 0; i < count; i++) values[i] = lambda * values[i] + rest * others[i];
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

// 1 where a pixel differs from the next in the row or the one below it in one of the planes.
static int meets_another(const ck_label *labels, int planes, int h, int w, int y, int x) {
  int differs = 0;
  for (int p = 0; p < planes; p++) {
    const ck_label *label = labels + ((long)p * h + y) * w + x;
    differs |= (x + 1 < w && label[1] != label[0]) || (y + 1 < h && label[w] != label[0]);
  }
  return differs;
}

// Sets the values from `before` places before each 1 to `after` places after it, in `count` values that
// are `step` apart.
static void widen(const uint8_t *source, uint8_t *target, int count, int step, int before, int after) {
  long end = 0;  // what lies before it is set
  for (int i = 0; i < count; i++) {
    if (!source[(long)i * step]) continue;
    long from = i - before > end ? i - before : end;
    end = i + after + 1 < count ? i + after + 1 : count;
    for (long j = from; j < end; j++) target[j * step] = 1;
  }
}

void ck_outlines(const ck_label *labels, int planes, int h, int w, int width, uint8_t *scratch,
                 uint8_t *lines) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++)
      lines[(long)y * w + x] = width > 0 && meets_another(labels, planes, h, w, y, x);
  if (width < 2) return;
  int before = (width - 1) / 2, after = width / 2;
  memset(scratch, 0, (size_t)h * w);
  for (int y = 0; y < h; y++)
    widen(lines + (long)y * w, scratch + (long)y * w, w, 1, before, after);
  memset(lines, 0, (size_t)h * w);
  for (int x = 0; x < w; x++) widen(scratch + x, lines + x, h, w, before, after);
}

void ck_overlay(const uint8_t *photo, const uint8_t *lines, int h, int w, ck_tint tint,
                uint8_t *target, int target_w) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      long i = (long)y * w + x;
      const uint8_t *rgb = photo + 3 * i, *colour = tint.colours + 3 * i;
      float opacity = tint.opacities[i] * (lines[i] ? 2 : tint.strength);
      if (opacity > 1) opacity = 1;
      float grey = 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
      uint8_t *out = target + 3 * ((long)y * target_w + x);
      for (int c = 0; c < 3; c++)
        out[c] = (uint8_t)(grey + (colour[c] - grey) * opacity + 0.5f);
    }
}
