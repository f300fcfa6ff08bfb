#ifndef CK_CHANNELS_H
#define CK_CHANNELS_H

#include "ck_layout.h"

// A range of channels of a tensor; all tensors of one call agree in n, d, h and w.
typedef struct {
  ck_layout layout;
  ck_tensor tensor;
  int first;  // channel
} ck_channels;

// to[first ..< first + count] = from[first ..< first + count], between any two blocks and types;
// added to what is there if `accumulate`. Writing the last channel also clears the padding lanes
// behind it.
void ck_channels_copy(ck_channels from, ck_channels to, int count, int accumulate, int threads);
// to[first ..< first + count] = 0, and the padding lanes behind the last channel.
void ck_channels_clear(ck_channels to, int count, int threads);

#endif
