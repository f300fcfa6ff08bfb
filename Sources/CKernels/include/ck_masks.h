#ifndef CK_MASKS_H
#define CK_MASKS_H

#include <stdint.h>

#include "ck_label.h"

// Labels of what masks hold. Each returns how many pixels hold what is not known, whose labels are
// unspecified, and the place of the first of them.

// What a value that is not known has in place of a label: no class is so high.
enum { ck_unknown = 65534 };

// The label of every value from 0 to 65535, and of `others` values beyond, which integers may have;
// `fallback` is that of other such values. Each may be ck_unknown.
typedef struct {
  const ck_label *labels;
  const int32_t *other_values;
  const ck_label *other_labels;
  int others;
  ck_label fallback;
} ck_value_table;

long ck_labels_of_bytes(const uint8_t *values, long count, ck_value_table table, ck_label *labels,
                        long *first);
long ck_labels_of_words(const uint16_t *values, long count, ck_value_table table, ck_label *labels,
                        long *first);
long ck_labels_of_integers(const int32_t *values, long count, ck_value_table table,
                           ck_label *labels, long *first);

// Of colours, red << 16 | green << 8 | blue, ascending. Pixels are [count][channels], 3 or 1: grey
// is the colour of three equal parts.
long ck_labels_of_colours(const uint8_t *pixels, int channels, long count,
                          const uint32_t *colours, const ck_label *colour_labels, int colour_count,
                          ck_label *labels, long *first);

// Labels [P][area] of several planes --------------------------------------------------------------

// Labels below 255 fit in bytes, where 255 stands for what is ignored.
enum { ck_ignored_byte = 255 };
void ck_widen_labels(const uint8_t *bytes, long count, ck_label *labels);
void ck_narrow_labels(const ck_label *labels, long count, uint8_t *bytes);

// A pixel that is ignored in one plane becomes so in all.
void ck_spread_ignored(ck_label *labels, int planes, long area);

// marked = labels, and ignored where region [area] is 0.
void ck_mark_outside(const ck_label *labels, int planes, const ck_label *region, ck_label *marked,
                     long area);

// A pixel is ignored in all planes where one of its channels, [area][channels], is NaN.
void ck_ignore_blank(const float *pixels, long area, int channels, ck_label *labels, int planes);

// How many pixels are not ignored in all planes.
long ck_count_labelled(const ck_label *labels, int planes, long area);

#endif
