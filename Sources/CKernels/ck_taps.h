#ifndef CK_TAPS_H
#define CK_TAPS_H

#include <math.h>
#include <stddef.h>

// Bilinear resampling of one axis with half-pixel centres: private to this target.
//
// For each target index: the source indices first ..< first + count and their weights.
typedef struct {
  int most;  // weights stored for each target index
  int *first, *count;
  float *weights;
} axis_taps;

// How far the triangle reaches to either side, in source pixels.
static inline double reach_of(double scale, int antialias) {
  return antialias && scale > 1 ? scale : 1;
}

static inline int most_taps(double covered, int target, int antialias) {
  return 2 * (int)ceil(reach_of(covered / target, antialias)) + 1;
}

static inline long tap_words(double covered, int target, int antialias) {
  return (long)target * (2 + most_taps(covered, target, antialias));
}

// Lays the taps into `words`; `covered` of the `source` pixels of the axis are shown.
static inline axis_taps make_taps(float *words, int source, double covered, int target,
                                  int antialias) {
  double scale = covered / target, reach = reach_of(scale, antialias);
  axis_taps taps = {.most = most_taps(covered, target, antialias),
                    .first = (int *)words,
                    .count = (int *)words + target,
                    .weights = words + 2 * (long)target};
  for (int i = 0; i < target; i++) {
    double centre = (i + 0.5) * scale - 0.5, sum = 0;
    int first = (int)ceil(centre - reach), last = (int)floor(centre + reach);
    if (first < 0) first = 0;
    if (last > source - 1) last = source - 1;
    for (int j = first; j <= last; j++) sum += 1 - fabs(j - centre) / reach;
    for (int j = first; j <= last; j++)
      taps.weights[(size_t)i * taps.most + j - first] =
          (float)((1 - fabs(j - centre) / reach) / sum);
    taps.first[i] = first;
    taps.count[i] = last - first + 1;
  }
  return taps;
}

#endif
