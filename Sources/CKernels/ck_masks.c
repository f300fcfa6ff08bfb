#include "ck_masks.h"

#define LABELS_OF(name, type)                                                      \
  long name(const type *values, long count, ck_value_table table, uint8_t *labels, \
            long *first) {                                                         \
    unsigned all = 0;                                                              \
    for (long i = 0; i < count; i++) {                                             \
      uint16_t label = table.labels[values[i]];                                    \
      labels[i] = (uint8_t)label;                                                  \
      all |= label;                                                                \
    }                                                                              \
    long unknown = 0;                                                              \
    if (all >= ck_unknown)                                                         \
      for (long i = 0; i < count; i++)                                             \
        if (table.labels[values[i]] == ck_unknown && unknown++ == 0) *first = i;   \
    return unknown;                                                                \
  }
LABELS_OF(ck_labels_of_bytes, uint8_t)
LABELS_OF(ck_labels_of_words, uint16_t)

static uint16_t label_of(int32_t value, const ck_value_table *table) {
  if (value >= 0 && value <= 65535) return table->labels[value];
  for (int k = 0; k < table->others; k++)
    if (table->other_values[k] == value) return table->other_labels[k];
  return table->fallback;
}

long ck_labels_of_integers(const int32_t *values, long count, ck_value_table table,
                           uint8_t *labels, long *first) {
  long unknown = 0;
  for (long i = 0; i < count; i++) {
    uint16_t label = label_of(values[i], &table);
    if (label == ck_unknown && unknown++ == 0) *first = i;
    labels[i] = (uint8_t)label;
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
                          const uint32_t *colours, const uint8_t *colour_labels, int colour_count,
                          uint8_t *labels, long *first) {
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
