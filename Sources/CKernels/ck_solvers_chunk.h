#ifndef CK_SOLVERS_CHUNK_H
#define CK_SOLVERS_CHUNK_H

// What the solvers' kernels share: private to this target.

#include <math.h>
#include <stddef.h>

#include "ck_dispatch.h"
#include "ck_math.h"
#include "ck_parallel.h"
#include "ck_solvers.h"

// A gradient after clipping; comparisons in this form keep a NaN.
CK_INLINE float ck_clip(ck_solver_step step, float gradient) {
  float g = gradient > step.limit ? step.limit : gradient;
  g = g < -step.limit ? -step.limit : g;
  return g * step.scale;
}

// Kernels with norms write CK_SQUARES values at a time and add their squares up.
enum { CK_SQUARES = 256, CK_SQUARE_LANES = 8 };
typedef double ck_squares __attribute__((ext_vector_type(CK_SQUARE_LANES)));
typedef float ck_square_roots
    __attribute__((ext_vector_type(CK_SQUARE_LANES), aligned(4), may_alias));

// Adds the squares of values 0 ..< count: lane i mod 8 takes value i.
CK_INLINE void ck_add_squares(ck_squares *sums, const float *values, int count) {
  int whole = count / CK_SQUARE_LANES * CK_SQUARE_LANES;
  ck_squares lanes = *sums;
  for (int i = 0; i < whole; i += CK_SQUARE_LANES) {
    ck_squares x =
        __builtin_convertvector(*(const ck_square_roots *)(values + i), ck_squares);
    lanes += x * x;
  }
  for (int i = whole; i < count; i++) lanes[i - whole] += (double)values[i] * (double)values[i];
  *sums = lanes;
}

CK_INLINE double ck_total_squares(const ck_squares *sums) {
  double total = 0;
  for (int lane = 0; lane < CK_SQUARE_LANES; lane++) total += (*sums)[lane];
  return total;
}

#endif
