#ifndef CK_GRID_H
#define CK_GRID_H

// Coarse grids that fields of displacements are interpolated from: private to this target.

enum { CK_MOST_GRID = 64 };

// The weight of each of n points of an axis, the outermost at its ends, at one of `places`: weights[j * stride]. Cubic,
// with replicated edges.
void ck_fold_weights(int place, int places, int n, float *weights, long stride);

#endif
