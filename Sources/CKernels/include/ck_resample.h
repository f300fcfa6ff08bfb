#ifndef CK_RESAMPLE_H
#define CK_RESAMPLE_H

#include <stdint.h>

#include "ck_image.h"

// Pixel centres lie at integers, y grows downward. Images of samples are [h][w][channels], images
// being augmented [channels][h][w] floats, labels [planes][h][w].

// Bilinear with half-pixel centres. With `antialias` the triangle widens with the factor by which
// an axis shrinks, so that every source pixel counts; enlarging is the same either way.
// The target shows the upper left `covered_h` × `covered_w` of the source (h - 1 < covered_h <= h,
// likewise for w): less than all of it where the last row or column of the source reaches beyond
// the image. `scratch` holds ck_resize_scratch() values.
// Integers are rounded to nearest.
void ck_resize_bilinear(const void *source, ck_depth depth, int h, int w, int channels,
                        double covered_h, double covered_w, void *target, int target_h,
                        int target_w, int antialias, float *scratch);
long ck_resize_scratch(int h, int channels, double covered_h, double covered_w, int target_h,
                       int target_w, int antialias);
// Index floor((x + 1/2) * w / target_w), likewise for y.
void ck_resize_nearest(const ck_label *source, int planes, int h, int w, ck_label *target,
                       int target_h, int target_w);

// Each row from right to left, in place.
void ck_mirror_floats(float *values, int rows, int w);
void ck_mirror_labels(ck_label *values, int rows, int w);

// The rectangle whose upper left corner is (top, left).
void ck_crop_floats(const float *source, int channels, int h, int w, float *target, int top,
                    int left, int target_h, int target_w);
void ck_crop_labels(const ck_label *source, int planes, int h, int w, ck_label *target, int top,
                    int left, int target_h, int target_w);
// channels interleaved; of wider samples it is the bytes of a pixel.
void ck_crop_bytes(const uint8_t *source, int w, int channels, uint8_t *target, int top, int left,
                   int target_h, int target_w);

// The rectangle whose upper left corner is (top, left) within the source, [h][w][channels]; what lies
// below and to the right of the source is mirrored at its edges. Channels as above.
void ck_cut_mirrored(const uint8_t *source, int h, int w, int channels, uint8_t *target, int top,
                     int left, int target_h, int target_w);
// Cuts planes of labels in the same way; what is not in the rows and columns of the source that count, each from
// the first to before the last, is ignored.
typedef struct { int first_row, last_row, first_column, last_column; } ck_counting;
void ck_cut_counting(const ck_label *source, int planes, int h, int w, ck_label *target, int top,
                     int left, int target_h, int target_w, ck_counting counting);

#endif
