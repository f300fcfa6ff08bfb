#include "ck_masks.h"

#include <math.h>

#include "ck_dispatch.h"

#define LABELS_OF(name, type)                                                      \
  long name(const type *values, long count, ck_value_table table, ck_label *labels, \
            long *first) {                                                         \
    int any = 0;                                                                   \
    for (long i = 0; i < count; i++) {                                             \
      labels[i] = table.labels[values[i]];                                         \
      any |= labels[i] == ck_unknown;                                              \
    }                                                                              \
    long unknown = 0;                                                              \
    if (any)                                                                       \
      for (long i = 0; i < count; i++)                                             \
        if (table.labels[values[i]] == ck_unknown && unknown++ == 0) *first = i;   \
    return unknown;                                                                \
  }
LABELS_OF(ck_labels_of_bytes, uint8_t)
LABELS_OF(ck_labels_of_words, uint16_t)

static ck_label label_of(int32_t value, const ck_value_table *table) {
  if (value >= 0 && value <= 65535) return table->labels[value];
  for (int k = 0; k < table->others; k++)
    if (table->other_values[k] == value) return table->other_labels[k];
  return table->fallback;
}

long ck_labels_of_integers(const int32_t *values, long count, ck_value_table table,
                           ck_label *labels, long *first) {
  long unknown = 0;
  for (long i = 0; i < count; i++) {
    ck_label label = label_of(values[i], &table);
    if (label == ck_unknown && unknown++ == 0) *first = i;
    labels[i] = label;
  }
  return unknown;
}

// The place among the colours; negative where it is not there.
static int place_of(uint32_t colour, const uint32_t *colours, int count) {
  int low = 0, high = count - 1;
  while (low <= high) {
    int middle = (low + high) / 2;
    if (colours[middle] == colour) return middle;
    if (colours[middle] < colour)
      low = middle + 1;
    else
      high = middle - 1;
  }
  return -1;
}

long ck_labels_of_colours(const uint8_t *pixels, int channels, long count,
                          const uint32_t *colours, const ck_label *colour_labels, int colour_count,
                          ck_label *labels, long *first) {
  long unknown = 0;
  uint32_t last = UINT32_MAX;
  int place = -1;
  for (long i = 0; i < count; i++) {
    const uint8_t *pixel = pixels + i * channels;
    uint32_t colour = channels == 1 ? pixel[0] * 0x010101u
                                    : (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | pixel[2];
    // Neighbours mostly have one colour.
    if (colour != last) place = place_of(colour, colours, colour_count);
    last = colour;
    if (place < 0) {
      if (unknown++ == 0) *first = i;
      continue;
    }
    labels[i] = colour_labels[place];
  }
  return unknown;
}

// MARK: Labels

CK_KERNEL void ck_widen_labels(const uint8_t *bytes, long count, ck_label *labels) {
  for (long i = 0; i < count; i++)
    labels[i] = bytes[i] == ck_ignored_byte ? CK_IGNORED : bytes[i];
}

CK_KERNEL void ck_narrow_labels(const ck_label *labels, long count, uint8_t *bytes) {
  for (long i = 0; i < count; i++)
    bytes[i] = labels[i] == CK_IGNORED ? ck_ignored_byte : (uint8_t)labels[i];
}

CK_KERNEL void ck_spread_ignored(ck_label *labels, int planes, long area) {
  for (int p = 1; p < planes; p++) {
    const ck_label *plane = labels + p * area;
    for (long i = 0; i < area; i++) labels[i] = plane[i] == CK_IGNORED ? CK_IGNORED : labels[i];
  }
  for (int p = 1; p < planes; p++) {
    ck_label *plane = labels + p * area;
    for (long i = 0; i < area; i++) plane[i] = labels[i] == CK_IGNORED ? CK_IGNORED : plane[i];
  }
}

CK_KERNEL void ck_mark_outside(const ck_label *labels, int planes, const ck_label *region,
                               ck_label *marked, long area) {
  for (int p = 0; p < planes; p++, labels += area, marked += area)
    for (long i = 0; i < area; i++) marked[i] = region[i] ? labels[i] : CK_IGNORED;
}

void ck_ignore_blank(const float *pixels, long area, int channels, ck_label *labels, int planes) {
  for (long i = 0; i < area; i++) {
    int blank = 0;
    for (int c = 0; c < channels; c++) blank |= isnan(pixels[i * channels + c]);
    for (int p = 0; blank && p < planes; p++) labels[p * area + i] = CK_IGNORED;
  }
}

// 1 where a pixel is not ignored in all planes.
static int is_labelled(const ck_label *labels, int planes, long area, long i) {
  int found = 0;
  for (int p = 0; p < planes; p++) found |= labels[p * area + i] != CK_IGNORED;
  return found;
}

long ck_count_labelled(const ck_label *labels, int planes, long area) {
  long found = 0;
  for (long i = 0; i < area; i++) found += is_labelled(labels, planes, area, i);
  return found;
}
