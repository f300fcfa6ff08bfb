#ifndef CK_NORMAL_H
#define CK_NORMAL_H

// What both directions of batch norm know of a block's channels: private to this target.

#include "ck_batch_norm.h"
#include "ck_lanes.h"

// One period of vectors each.
typedef struct {
  ck_vector mean[CK_MAX_VECTORS], inverse[CK_MAX_VECTORS];
  ck_vector scale[CK_MAX_VECTORS], shift[CK_MAX_VECTORS], slope[CK_MAX_VECTORS];
  ck_vector ceiling;
} ck_normal;

CK_INLINE void ck_spread_normal(const ck_batch_norm *norm, ck_chunks cut, int block,
                                const float *mean, const float *inverse, ck_normal *normal) {
  ck_spread(cut, block, mean, normal->mean);
  ck_spread(cut, block, inverse, normal->inverse);
  ck_spread(cut, block, norm->scale, normal->scale);
  ck_spread(cut, block, norm->shift, normal->shift);
  if (norm->slope)
    ck_spread(cut, block, norm->slope, normal->slope);
  else
    for (int v = 0; v < cut.vectors; v++) normal->slope[v] = norm->negative;
  normal->ceiling = norm->ceiling;
}

// The values of x normalised, and z: the same operations in both directions, so that backward sees
// the activation's mask as forward did.
#define CK_NORMALISED(x, lanes, v) ((CK_LOAD(x) - (lanes)->mean[v]) * (lanes)->inverse[v])
#define CK_SHIFTED(normal, lanes, v) ((normal) * (lanes)->scale[v] + (lanes)->shift[v])

// The activation of z, and its gradient. No number is above a ceiling that is a NaN.
#define CK_RISEN(z, lanes, v) ((z) > 0 ? (z) : (z) * (lanes)->slope[v])
#define CK_ACTIVATED(z, lanes, v) \
  ((z) > (lanes)->ceiling ? (lanes)->ceiling : CK_RISEN(z, lanes, v))
#define CK_DEACTIVATED(z, dz, lanes, v) \
  ((z) >= (lanes)->ceiling ? (ck_vector)0 : (z) > 0 ? (dz) : (dz) * (lanes)->slope[v])

// Values of a channel in the batch.
CK_INLINE double ck_values_per_channel(ck_layout layout) {
  return (double)layout.n * ck_area(layout);
}

#endif
