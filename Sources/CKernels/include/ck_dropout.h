#ifndef CK_DROPOUT_H
#define CK_DROPOUT_H

#include <stdint.h>

#include "ck_layout.h"

// factors [n][c] = 0 with probability `rate`, else 1 / (1 - rate): channel c of sample n is
// dropped where word c of the stream (seed, purpose, epoch = step, sample = n), as a uniform
// number in [0, 1) of 24 bits, is below the rate.
void ck_dropout_factors(ck_layout layout, float rate, uint64_t seed, uint32_t purpose,
                        uint32_t step, float *factors);

// y = x · 0 with probability `rate`, else x / (1 - rate), value by value; added to y if `accumulate`. x
// and y may be the same tensor. The value of channel c at a pixel of sample n goes by number
// ((c / 16) · area + pixel) · 16 + c % 16 of the stream (seed, purpose, epoch = step, sample = n),
// whatever the block.
typedef struct {
  float rate;
  uint64_t seed;
  uint32_t purpose, step;
} ck_dropping;
void ck_dropout(ck_layout layout, ck_dropping dropping, ck_tensor x, ck_tensor y, int accumulate,
                int threads);

// y = factors[n][c] · x; added to y if `accumulate`. x and y may be the same tensor.
void ck_scale_channels(ck_layout layout, ck_tensor x, const float *factors, ck_tensor y,
                       int accumulate, int threads);

#endif
