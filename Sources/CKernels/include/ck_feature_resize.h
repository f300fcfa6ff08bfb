#ifndef CK_FEATURE_RESIZE_H
#define CK_FEATURE_RESIZE_H

#include <stdint.h>

#include "ck_layout.h"

// How the values along one axis are made from those of another tensor: value i is the sum over
// j = 0 ..< count[i] of weights[i * most + j] times the source at first[i] + j. A count may be 0.
typedef struct {
  const int32_t *first, *count;
  const float *weights;
  int most;
} ck_axis_taps;

// Two tensors that differ in their spatial extents alone, and the taps of each axis of the target.
typedef struct {
  ck_layout source, target;
  ck_axis_taps depth, height, width;
} ck_feature_resize;

// target = the sums along all axes, which run over the depth first, then the height, then the width;
// added to what is there if `accumulate`. The gradient is the same with the taps of the other
// direction. The tensors have one type.
void ck_resize_features(ck_feature_resize resize, ck_tensor source, ck_tensor target,
                        int accumulate, int threads);

#endif
