#ifndef CK_PLACES_H
#define CK_PLACES_H

// What warps of images and of volumes have in common: private to this target.

// A place that can be made an integer: those far outside come no nearer than 2²⁸.
static inline __attribute__((always_inline)) double ck_within_reach(double place) {
  const double limit = 1 << 28;
  return place < -limit ? -limit : place > limit ? limit : place;
}

enum { CK_MOST_GRID = 64 };

// The weight of each of n points of an axis, the outermost at its ends, at one of `places`: weights[j * stride]. Cubic,
// with replicated edges.
void ck_fold_weights(int place, int places, int n, float *weights, long stride);

#endif
