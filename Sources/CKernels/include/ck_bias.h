#ifndef CK_BIAS_H
#define CK_BIAS_H

#include "ck_layout.h"

// y = x + bias[c], then clamped at zero from below if `relu` (a NaN stays); bias may be NULL. x and
// y may be the same tensor.
void ck_add_bias(ck_layout layout, ck_tensor x, const float *bias, int relu, ck_tensor y,
                 int threads);

// sums[c] = sum of channel c of x over all samples and pixels, while x is copied to y, which may be
// x itself or empty. Scratch: ck_channel_sums_scratch(layout) floats.
void ck_channel_sums(ck_layout layout, ck_tensor x, ck_tensor y, float *sums, float *scratch,
                     int threads);
long ck_channel_sums_scratch(ck_layout layout);

#endif
