#ifndef CK_ACTIVATION_H
#define CK_ACTIVATION_H

#include "ck_layout.h"

// y = x where x > 0, else 0; a NaN stays. x and y may be the same tensor.
void ck_relu(ck_layout layout, ck_tensor x, ck_tensor y, int threads);
// dx = dy where y > 0 (or is NaN), else 0; added to dx if `accumulate`. dx may be dy.
void ck_relu_backward(ck_layout layout, ck_tensor y, ck_tensor dy, ck_tensor dx, int accumulate,
                      int threads);

// y = x where x > 0, else slope · x, but at most the ceiling, where that is no NaN; a NaN stays. x and y
// may be the same tensor.
typedef struct {
  float slope, ceiling;
} ck_rectifier;
void ck_rectify(ck_layout layout, ck_rectifier rectifier, ck_tensor x, ck_tensor y, int threads);
// dx = dy · the derivative where y came from: slope where y <= 0, 0 where y is the ceiling, else 1;
// added to dx if `accumulate`. dx may be dy.
void ck_rectify_backward(ck_layout layout, ck_rectifier rectifier, ck_tensor y, ck_tensor dy,
                         ck_tensor dx, int accumulate, int threads);

// y = 1 / (1 + exp(-x)). x and y may be the same tensor.
void ck_sigmoid(ck_layout layout, ck_tensor x, ck_tensor y, int threads);
// dx = dy · y · (1 - y); added to dx if `accumulate`. dx may be dy.
void ck_sigmoid_backward(ck_layout layout, ck_tensor y, ck_tensor dy, ck_tensor dx,
                         int accumulate, int threads);

// y = x · s, s = 1 / (1 + exp(-x)). x and y may be the same tensor.
void ck_swish(ck_layout layout, ck_tensor x, ck_tensor y, int threads);
// dx = dy · (s + x · s · (1 - s)); added to dx if `accumulate`. dx may be dy.
void ck_swish_backward(ck_layout layout, ck_tensor x, ck_tensor dy, ck_tensor dx, int accumulate,
                       int threads);

// He et al. 2015: y = x where x > 0, else slope[c] · x. x and y may be the same tensor.
void ck_prelu(ck_layout layout, ck_tensor x, const float *slope, ck_tensor y, int threads);
// dx = dy where x > 0, else slope[c] · dy; added to dx if `accumulate`; dx may be empty, or be dy.
// dslope[c] = sum of x · dy where x is not positive. Scratch: ck_prelu_scratch(layout) floats.
void ck_prelu_backward(ck_layout layout, ck_tensor x, const float *slope, ck_tensor dy,
                       ck_tensor dx, int accumulate, float *dslope, float *scratch, int threads);
long ck_prelu_scratch(ck_layout layout);

#endif
