#ifndef CK_GROUP_NORM_H
#define CK_GROUP_NORM_H

#include "ck_layout.h"

// Group normalisation (Wu & He 2018). The channels are cut into groups of the same size; with the mean
// and the biased variance of the values of a sample's group:
//   normal = (x - mean) / sqrt(variance + epsilon)
//   y      = normal · scale[c] + shift[c]
typedef struct {
  ck_layout layout;
  int groups;
  const float *scale, *shift;  // [c]
  float epsilon;
  int threads;
} ck_group_norm;

// Writes y, and to `saved` the mean [n][c] and the inverse deviation [n][c] of each channel's group.
void ck_group_norm_forward(const ck_group_norm *norm, ck_tensor x, ck_tensor y, float *saved,
                           float *scratch);
// Computes y once more, to the same bits.
void ck_group_norm_repeat(const ck_group_norm *norm, ck_tensor x, ck_tensor y,
                          const float *saved);
// dx is added to if `accumulate`, and may be empty, or be dy.
void ck_group_norm_backward(const ck_group_norm *norm, ck_tensor x, const float *saved,
                            ck_tensor dy, ck_tensor dx, int accumulate, float *dscale,
                            float *dshift, float *scratch);

// Floats of `saved` and of `scratch`.
long ck_group_norm_saved(ck_layout layout);
long ck_group_norm_scratch(ck_layout layout);

#endif
