#ifndef CK_POOLING_H
#define CK_POOLING_H

#include <stdint.h>

#include "ck_layout.h"

// Windows of depth × height × width (at most 256 values) over a large tensor, of which the first along
// each axis begins `padding` before the tensor and the next ones `stride` apart; window (slice, row,
// column) belongs to pixel (slice, row, column) of a small tensor with the same channels and block.
// Windows may reach beyond the tensor, but none lies outside of it. A position is the index within the
// window, (slice · height + row) · width + column, one byte; positions lie as the small tensor's values
// do in a tensor of their own. The tensors of one call have one type.
typedef struct {
  ck_layout large, small;
  int depth, height, width;
  ck_extent stride, padding;
} ck_windows;

// maxima = the maximum of each window, positions = where it stands: the first in scan order where
// several are equal. A NaN counts as larger than any number.
void ck_max_pool(ck_windows windows, ck_tensor large, ck_tensor maxima, uint8_t *positions,
                 int threads);
// large = the sum of the values that have their position there; added to large if `accumulate`.
void ck_pool_scatter(ck_windows windows, ck_tensor small, const uint8_t *positions,
                     ck_tensor large, int accumulate, int threads);
// small = the value of large at each position; added to small if `accumulate`.
void ck_pool_gather(ck_windows windows, ck_tensor large, const uint8_t *positions,
                    ck_tensor small, int accumulate, int threads);

#endif
