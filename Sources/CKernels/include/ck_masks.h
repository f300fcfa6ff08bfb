#ifndef CK_MASKS_H
#define CK_MASKS_H

#include <stdint.h>

// Labels of what masks hold. Each returns how many pixels hold what is not known, whose labels are
// unspecified, and the place of the first of them.

// What is no label: of a value that is not known.
enum { ck_unknown = 256 };

// The label of every value from 0 to 65535, and of `others` values beyond, which integers may have;
// `fallback` is that of other such values. Each may be ck_unknown.
typedef struct {
  const uint16_t *labels;
  const int32_t *other_values;
  const uint16_t *other_labels;
  int others;
  uint16_t fallback;
} ck_value_table;

long ck_labels_of_bytes(const uint8_t *values, long count, ck_value_table table, uint8_t *labels,
                        long *first);
long ck_labels_of_words(const uint16_t *values, long count, ck_value_table table, uint8_t *labels,
                        long *first);
long ck_labels_of_integers(const int32_t *values, long count, ck_value_table table,
                           uint8_t *labels, long *first);

// Of colours, red << 16 | green << 8 | blue, ascending. Pixels are [count][channels], 3 or 1: grey
// is the colour of three equal parts.
long ck_labels_of_colours(const uint8_t *pixels, int channels, long count,
                          const uint32_t *colours, const uint8_t *colour_labels, int colour_count,
                          uint8_t *labels, long *first);

#endif
