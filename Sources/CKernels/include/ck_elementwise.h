#ifndef CK_ELEMENTWISE_H
#define CK_ELEMENTWISE_H

#include "ck_layout.h"

// Tensors of one call have one layout, padding included, and may be the same tensor.

// y[i] = value, of f32 values.
void ck_fill(float *y, long count, float value, int threads);
// y = a + b
void ck_add(ck_layout layout, ck_tensor a, ck_tensor b, ck_tensor y, int threads);
// y += x
void ck_accumulate(ck_layout layout, ck_tensor x, ck_tensor y, int threads);
// y = x; nothing is done where both are the same tensor.
void ck_copy(ck_layout layout, ck_tensor x, ck_tensor y, int threads);

#endif
