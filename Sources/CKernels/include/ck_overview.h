#ifndef CK_OVERVIEW_H
#define CK_OVERVIEW_H

#include <stdint.h>

#include "ck_image.h"
#include "ck_label.h"

// What an overview of a data set counts in one sample. One thread each.

// means [rows][rows]: the image in grey, each mean over its part of the pixels, of which those at an
// edge count by the share that lies inside. Of 3 channels grey is that of ITU-R BT.601, of others
// the mean. NaN counts as 0.
void ck_grey_means(const void *pixels, ck_depth depth, int h, int w, int channels, int rows,
                   double *means);

// Adds to counts [bins] how often a value lies in bin floor(value / width) - first, in one channel of
// [count][channels]; NaN is left out.
//
// Precondition: no value lies outside of the bins.
void ck_histogram_reals(const float *values, long count, int channels, int channel, double width,
                        long first, uint64_t *counts, long bins);

// target = labels + 1, and 0 where they are ignored.
void ck_labels_from_one(const ck_label *labels, long count, ck_label *target);

// Of labels [h][w]: counts[label] += 1, and inner[label] += 1 where the pixel's neighbours to the
// right and below exist and have the same label. Both have room for `known` labels; others are left out.
void ck_label_census(const ck_label *labels, int h, int w, int known, uint64_t *counts,
                     uint64_t *inner);

// Of objects [count] as ck_objects numbers them, 1...objects: found[label] += 1 for each, and
// specks[label] += 1 where it has fewer than `least` pixels. sizes: [objects + 1] of scratch.
void ck_objects_of_labels(const int32_t *map, const ck_label *labels, long count, int objects,
                          int32_t least, uint64_t *found, uint64_t *specks, int32_t *sizes);

// others [count]: the numbers of the hashes behind `index`, each [words] of `hashes`, that differ from
// its hash in at most `most` bits; distances [count]: in how many. Returns how many there are.
long ck_near_hashes(const uint64_t *hashes, long count, int words, long index, int most,
                    int32_t *others, int32_t *distances);

#endif
