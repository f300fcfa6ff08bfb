#ifndef CK_SIGMOID_H
#define CK_SIGMOID_H

#include "ck_math.h"

// 1 / (1 + e⁻ˣ): private to this target.
CK_INLINE float ck_sigmoid_of(float x) { return 1 / (1 + ck_exp(-x)); }

#endif
