#ifndef CK_BIAS_H
#define CK_BIAS_H

#include "ck_layout.h"

// y = y + bias[c], then clamped at zero from below if `relu` (a NaN stays); bias may be NULL.
void ck_add_bias(ck_layout layout, float *y, const float *bias, int relu, int threads);

#endif
