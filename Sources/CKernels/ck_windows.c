#include "ck_dispatch.h"
#include "ck_warp.h"

#include <string.h>

CK_KERNEL void ck_radial_field(float *dx, float *dy, int h, int w, double k) {
  double cx = (w - 1) / 2.0, cy = (h - 1) / 2.0;
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      double rx = (x - cx) / w, ry = (y - cy) / w, square = rx * rx + ry * ry;
      double more = k * square + k * square * square;
      dx[(long)y * w + x] = (float)((x - cx) * more);
      dy[(long)y * w + x] = (float)((y - cy) * more);
    }
}

CK_KERNEL void ck_centre_noise(float *values, long count, float limit) {
  for (long i = 0; i < count; i++) values[i] = limit * (2 * values[i] - 1);
}

#define TURN(name, type)                                          \
  CK_KERNEL static void name(type *values, int h, int w) {        \
    for (int y = 0; y < h / 2; y++) {                             \
      type *upper = values + (long)y * w;                         \
      type *lower = values + (long)(h - 1 - y) * w;               \
      for (int x = 0; x < w; x++) {                               \
        type value = upper[x];                                    \
        upper[x] = lower[x];                                      \
        lower[x] = value;                                         \
      }                                                           \
    }                                                             \
  }
TURN(turn_floats, float)
TURN(turn_bytes, uint8_t)

void ck_turn_floats(float *values, int channels, int h, int w) {
  for (int c = 0; c < channels; c++) turn_floats(values + (long)c * h * w, h, w);
}
void ck_turn_bytes(uint8_t *values, int h, int w) { turn_bytes(values, h, w); }

// Blocks of 16 × 16, so that rows and columns both stay near.
#define QUARTER(name, type)                                                            \
  static void name(const type *source, type *target, int h, int w, int quarters) {     \
    enum { block = 16 };                                                               \
    for (int top = 0; top < h; top += block)                                           \
      for (int left = 0; left < w; left += block)                                      \
        for (int y = top; y < h && y < top + block; y++)                               \
          for (int x = left; x < w && x < left + block; x++) {                         \
            long from = quarters == 1   ? (long)x * w + w - 1 - y                      \
                        : quarters == 2 ? (long)(h - 1 - y) * w + w - 1 - x            \
                                        : (long)(h - 1 - x) * w + y;                   \
            target[(long)y * w + x] = source[from];                                    \
          }                                                                            \
  }
QUARTER(quarter_floats, float)
QUARTER(quarter_bytes, uint8_t)

void ck_quarter_floats(const float *source, float *target, int channels, int h, int w,
                       int quarters) {
  for (int c = 0; c < channels; c++)
    quarter_floats(source + (long)c * h * w, target + (long)c * h * w, h, w, quarters);
}
void ck_quarter_bytes(const uint8_t *source, uint8_t *target, int h, int w, int quarters) {
  quarter_bytes(source, target, h, w, quarters);
}

void ck_window_floats(const float *source, int channels, int h, int w, float *target, int top,
                      int left, int target_h, int target_w, ck_border border, const float *fill) {
  for (int c = 0; c < channels; c++)
    for (int y = 0; y < target_h; y++) {
      int row = ck_border_index(y + top, h, border);
      for (int x = 0; x < target_w; x++) {
        int column = ck_border_index(x + left, w, border);
        *target++ =
            row < 0 || column < 0 ? fill[c] : source[((long)c * h + row) * w + column];
      }
    }
}

void ck_window_bytes(const uint8_t *source, int h, int w, uint8_t *target, int top, int left,
                     int target_h, int target_w, ck_border border, uint8_t fill) {
  for (int y = 0; y < target_h; y++) {
    int row = ck_border_index(y + top, h, border);
    for (int x = 0; x < target_w; x++) {
      int column = ck_border_index(x + left, w, border);
      *target++ = row < 0 || column < 0 ? fill : source[(long)row * w + column];
    }
  }
}

long ck_count_foreground(const uint8_t *labels, long count, uint8_t ignored) {
  long found = 0;
  for (long i = 0; i < count; i++) found += labels[i] != 0 && labels[i] != ignored;
  return found;
}

long ck_find_foreground(const uint8_t *labels, long count, uint8_t ignored, long n) {
  for (long i = 0; i < count; i++)
    if (labels[i] != 0 && labels[i] != ignored && n-- == 0) return i;
  return 0;
}

void ck_class_shares(const uint8_t *labels, int w, int top, int left, int rect_h, int rect_w,
                     uint8_t ignored, int *all, int *largest, int *classes) {
  int counts[256] = {0};
  for (int y = 0; y < rect_h; y++)
    for (int x = 0; x < rect_w; x++) counts[labels[(long)(top + y) * w + left + x]]++;
  *all = *largest = *classes = 0;
  for (int k = 0; k < 256; k++) {
    if (k == ignored) continue;
    *all += counts[k];
    *classes += counts[k] > 0;
    if (counts[k] > *largest) *largest = counts[k];
  }
}

void ck_paste_classes(const float *source, const uint8_t *source_labels, float *image,
                      uint8_t *labels, int channels, long area, const uint8_t *chosen) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++)
      if (chosen[source_labels[i]]) image[c * area + i] = source[c * area + i];
  for (long i = 0; i < area; i++)
    if (chosen[source_labels[i]]) labels[i] = source_labels[i];
}

void ck_paste_rectangle(const float *source, const uint8_t *source_labels, float *image,
                        uint8_t *labels, int channels, int h, int w, int from_top, int from_left,
                        int top, int left, int rect_h, int rect_w) {
  long area = (long)h * w;
  for (int y = 0; y < rect_h; y++) {
    long from = (long)(from_top + y) * w + from_left, to = (long)(top + y) * w + left;
    for (int c = 0; c < channels; c++)
      memcpy(image + c * area + to, source + c * area + from, sizeof(float) * rect_w);
    memcpy(labels + to, source_labels + from, rect_w);
  }
}
