#ifndef CK_MOMENTS_H
#define CK_MOMENTS_H

// The moments that norms are made of: private to this target.

#include "ck_lanes.h"

// partials [unit][2][block] = the mean of each channel of a chunk's block, and the sum of squared
// deviations from it, computed while the chunk is in the cache.
void ck_chunk_moments(ck_chunks cut, ck_tensor x, float *partials, int threads);

#endif
