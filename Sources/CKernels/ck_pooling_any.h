#ifndef CK_POOLING_ANY_H
#define CK_POOLING_ANY_H

// What ck_pooling.h promises, for windows that overlap, are padded or reach beyond the tensor: private to
// this target.

#include "ck_pooling.h"

void ck_max_pool_any(ck_windows windows, ck_tensor large, ck_tensor maxima, uint8_t *positions,
                     int threads);
void ck_pool_scatter_any(ck_windows windows, ck_tensor small, const uint8_t *positions,
                         ck_tensor large, int accumulate, int threads);
void ck_pool_gather_any(ck_windows windows, ck_tensor large, const uint8_t *positions,
                        ck_tensor small, int accumulate, int threads);

#endif
