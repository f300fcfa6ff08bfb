#ifndef CK_MULTIPLY_H
#define CK_MULTIPLY_H

#include "ck_layout.h"

// Features x and a gate, which has the features' channels or one, and their extents or 1 along every
// axis, and is repeated where it has one. Both have the same block and type.
typedef struct {
  ck_layout layout;  // of the features
  ck_layout gate;
  int threads;
} ck_gating;

// y = x · gate; added to y if `accumulate`. With dy in place of x it is the gradient of x.
void ck_multiply(const ck_gating *gating, ck_tensor x, ck_tensor gate, ck_tensor y,
                 int accumulate);
// dgate = the sum of x · dy over the values that each value of the gate is repeated to; added to dgate
// if `accumulate`.
void ck_multiply_gate_gradient(const ck_gating *gating, ck_tensor x, ck_tensor dy,
                               ck_tensor dgate, int accumulate, float *scratch);
// Floats of `scratch`.
long ck_multiply_scratch(const ck_gating *gating);

#endif
