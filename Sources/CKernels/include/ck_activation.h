#ifndef CK_ACTIVATION_H
#define CK_ACTIVATION_H

#include "ck_layout.h"

// y = x where x > 0, else 0; a NaN stays. x and y may be the same array.
void ck_relu(const float *x, float *y, long count, int threads);
// dx = dy where y > 0 (or is NaN), else 0; added to dx if `accumulate`. dx and dy may be the same array.
void ck_relu_backward(const float *y, const float *dy, float *dx, long count, int accumulate,
                      int threads);

// He et al. 2015: y = x where x > 0, else slope[c] · x. x and y may be the same array.
void ck_prelu(ck_layout layout, const float *x, const float *slope, float *y, int threads);
// dx = dy where x > 0, else slope[c] · dy; added to dx if `accumulate`; dx may be NULL, or be dy.
// dslope[c] = sum of x · dy where x is not positive. Scratch: ck_prelu_scratch(layout) floats.
void ck_prelu_backward(ck_layout layout, const float *x, const float *slope, const float *dy,
                       float *dx, int accumulate, float *dslope, float *scratch, int threads);
long ck_prelu_scratch(ck_layout layout);

#endif
