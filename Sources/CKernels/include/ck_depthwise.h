#ifndef CK_DEPTHWISE_H
#define CK_DEPTHWISE_H

#include "ck_layout.h"

// A convolution of every channel with a kernel of its own. Along each axis, window i of the output
// begins at i · stride - padding of the input and takes every dilation-th value; values outside of the
// input count as zero. Weights lie as parameters do: [c][depth][height][width], f32.
typedef struct {
  ck_layout input, output;  // of one block
  ck_extent kernel, stride, padding, dilation;
  int threads;
} ck_depthwise;

// output = the sums over each window, plus bias[c], then clamped at zero from below and at `ceiling`
// from above if `rectifies`; bias may be NULL, and a ceiling that is a NaN is none.
typedef struct {
  const float *bias;
  int rectifies;
  float ceiling;
} ck_depthwise_finish;
void ck_depthwise_forward(const ck_depthwise *convolution, ck_tensor input, const float *weight,
                          ck_depthwise_finish finish, ck_tensor output, float *scratch);
// dinput = the gradient of the input; added to dinput if `accumulate`.
void ck_depthwise_data(const ck_depthwise *convolution, ck_tensor doutput, const float *weight,
                       ck_tensor dinput, int accumulate, float *scratch);
// dweight and dbias, which may be NULL, are written.
void ck_depthwise_weight(const ck_depthwise *convolution, ck_tensor input, ck_tensor doutput,
                         float *dweight, float *dbias, float *scratch);

// Floats of `scratch`.
long ck_depthwise_scratch(const ck_depthwise *convolution);

#endif
