#ifndef CK_OBJECT_LOSSES_H
#define CK_OBJECT_LOSSES_H

#include "ck_tile.h"

// What the losses of objects have in common: of each pixel the probability of an object and some numbers.

// The binary cross-entropy of σ(z) against q, softplus(z) − q z, of each valid pixel; z becomes its gradient
// times `scale`. NaN of an infinite z.
CK_INLINE void ck_tile_binary(const int valid[CK_TILE], const float q[CK_TILE], float scale,
                              float z[CK_TILE], float loss[CK_TILE]) {
  for (int t = 0; t < CK_TILE; t++) {
    float s = z[t];
    float e = ck_exp(s < 0.0f ? s : -s);
    float softplus = (s > 0.0f ? s : 0.0f) + ck_log(1.0f + e);
    float sigmoid = (s < 0.0f ? e : 1.0f) / (1.0f + e);
    loss[t] = valid[t] ? softplus - q[t] * s + (s - s) : 0.0f;
    z[t] = valid[t] ? scale * (sigmoid - q[t]) : 0.0f;
  }
}

// As ck_sum_of_blocks, of two sums: partials [ck_pixel_blocks, 2].
static inline void ck_sum_pairs_of_blocks(ck_layout l, ck_body body, void *job,
                                          const double *partials, double sums[2], int threads) {
  int units = ck_pixel_blocks(l);
  ck_parallel(threads, units, body, job);
  sums[0] = sums[1] = 0;
  for (int unit = 0; unit < units; unit++) {
    sums[0] += partials[2 * unit];
    sums[1] += partials[2 * unit + 1];
  }
}

#endif
