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
TURN(turn_labels, ck_label)

void ck_turn_floats(float *values, int channels, int h, int w) {
  for (int c = 0; c < channels; c++) turn_floats(values + (long)c * h * w, h, w);
}
void ck_turn_labels(ck_label *values, int planes, int h, int w) {
  for (int p = 0; p < planes; p++) turn_labels(values + (long)p * h * w, h, w);
}

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
QUARTER(quarter_labels, ck_label)

void ck_quarter_floats(const float *source, float *target, int channels, int h, int w,
                       int quarters) {
  for (int c = 0; c < channels; c++)
    quarter_floats(source + (long)c * h * w, target + (long)c * h * w, h, w, quarters);
}
void ck_quarter_labels(const ck_label *source, ck_label *target, int planes, int h, int w,
                       int quarters) {
  for (int p = 0; p < planes; p++)
    quarter_labels(source + (long)p * h * w, target + (long)p * h * w, h, w, quarters);
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

void ck_window_labels(const ck_label *source, int planes, int h, int w, ck_label *target, int top,
                      int left, int target_h, int target_w, ck_border border) {
  for (int p = 0; p < planes; p++, source += (long)h * w)
    for (int y = 0; y < target_h; y++) {
      int row = ck_border_index(y + top, h, border);
      for (int x = 0; x < target_w; x++) {
        int column = ck_border_index(x + left, w, border);
        *target++ = row < 0 || column < 0 ? CK_IGNORED : source[(long)row * w + column];
      }
    }
}

static int is_foreground(const ck_label *labels, int planes, long area, long i) {
  int found = 0;
  for (int p = 0; p < planes; p++) {
    ck_label label = labels[p * area + i];
    found |= label != 0 && label != CK_IGNORED;
  }
  return found;
}

long ck_count_foreground(const ck_label *labels, int planes, long area) {
  long found = 0;
  for (long i = 0; i < area; i++) found += is_foreground(labels, planes, area, i);
  return found;
}

long ck_find_foreground(const ck_label *labels, int planes, long area, long n) {
  for (long i = 0; i < area; i++)
    if (is_foreground(labels, planes, area, i) && n-- == 0) return i;
  return 0;
}

void ck_class_shares(const ck_label *labels, int w, int top, int left, int rect_h, int rect_w,
                     int *all, int *largest, int *classes) {
  // What is ignored has the last place.
  int counts[CK_MAX_CLASSES + 1] = {0};
  for (int y = 0; y < rect_h; y++)
    for (int x = 0; x < rect_w; x++) {
      ck_label label = labels[(long)(top + y) * w + left + x];
      counts[label < CK_MAX_CLASSES ? label : CK_MAX_CLASSES]++;
    }
  *all = *largest = *classes = 0;
  for (int k = 0; k < CK_MAX_CLASSES; k++) {
    *all += counts[k];
    *classes += counts[k] > 0;
    if (counts[k] > *largest) *largest = counts[k];
  }
}

CK_KERNEL int ck_highest_label(const ck_label *labels, long count) {
  // One more than each label is 0 where it is ignored.
  ck_label highest = 0;
  for (long i = 0; i < count; i++) {
    ck_label above = (ck_label)(labels[i] + 1);
    highest = above > highest ? above : highest;
  }
  return highest - 1;
}

void ck_paste_classes(const float *source, const ck_label *source_labels, float *image,
                      ck_label *labels, int channels, long area, const uint8_t *chosen) {
  for (int c = 0; c < channels; c++)
    for (long i = 0; i < area; i++)
      if (source_labels[i] < CK_MAX_CLASSES && chosen[source_labels[i]])
        image[c * area + i] = source[c * area + i];
  for (long i = 0; i < area; i++)
    if (source_labels[i] < CK_MAX_CLASSES && chosen[source_labels[i]]) labels[i] = source_labels[i];
}

void ck_paste_rectangle(const float *source, const ck_label *source_labels, ck_sample sample,
                        int from_top, int from_left, int top, int left, int rect_h, int rect_w) {
  int w = sample.w;
  long area = (long)sample.h * w;
  size_t width = (size_t)rect_w;
  for (int y = 0; y < rect_h; y++) {
    long from = (long)(from_top + y) * w + from_left, to = (long)(top + y) * w + left;
    for (int c = 0; c < sample.channels; c++)
      memcpy(sample.image + c * area + to, source + c * area + from, sizeof(float) * width);
    for (int p = 0; p < sample.planes; p++)
      memcpy(sample.labels + p * area + to, source_labels + p * area + from,
             sizeof(ck_label) * width);
  }
}
