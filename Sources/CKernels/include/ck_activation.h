#ifndef CK_ACTIVATION_H
#define CK_ACTIVATION_H

#include "ck_layout.h"

// y = x where x > 0, else 0; a NaN stays. x and y may be the same tensor.
void ck_relu(ck_layout layout, ck_tensor x, ck_tensor y, int threads);
// dx = dy where y > 0 (or is NaN), else 0; added to dx if `accumulate`. dx may be dy.
void ck_relu_backward(ck_layout layout, ck_tensor y, ck_tensor dy, ck_tensor dx, int accumulate,
                      int threads);

// He et al. 2015: y = x where x > 0, else slope[c] · x. x and y may be the same tensor.
void ck_prelu(ck_layout layout, ck_tensor x, const float *slope, ck_tensor y, int threads);
// dx = dy where x > 0, else slope[c] · dy; added to dx if `accumulate`; dx may be empty, or be dy.
// dslope[c] = sum of x · dy where x is not positive. Scratch: ck_prelu_scratch(layout) floats.
void ck_prelu_backward(ck_layout layout, ck_tensor x, const float *slope, ck_tensor dy,
                       ck_tensor dx, int accumulate, float *dslope, float *scratch, int threads);
long ck_prelu_scratch(ck_layout layout);

#endif
