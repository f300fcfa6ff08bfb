#ifndef CK_SHUFFLE_H
#define CK_SHUFFLE_H

#include "ck_layout.h"

// Values of two tensors of images that are a permutation of each other, between any two blocks.
typedef struct {
  ck_layout from, to;
  // Channels become places: channel c · factor² + i · factor + j of `from` at (y, x) is channel c of
  // `to` at (y · factor + i, x · factor + j). 1 where none do.
  int factor;
  // Channel g · (C / groups) + k of `from` is channel k · groups + g of `to`. 1 where none moves.
  int groups;
} ck_shuffle;

// to = from, shuffled. Padding lanes are cleared.
void ck_shuffle_forward(ck_shuffle shuffle, ck_tensor from, ck_tensor to, int threads);
// dfrom = dto, where each value came from; added to dfrom if `accumulate`.
void ck_shuffle_backward(ck_shuffle shuffle, ck_tensor dto, ck_tensor dfrom, int accumulate,
                         int threads);

#endif
