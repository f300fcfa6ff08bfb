#ifndef CK_TOPOLOGY_H
#define CK_TOPOLOGY_H

#include <stdint.h>

#include "ck_label.h"

// Shapes in images: pixels of one class touch at edges and corners (8-connected), what is not of the
// class at edges alone (4-connected). All run on one thread.

// skeletons [H, W]: the label at the pixels that the thinning of each class leaves, ignored elsewhere.
// Labels below `first` are of no class, and so is what lies beyond the image (Zhang & Suen, CACM 1984).
// scratch: [H, W].
void ck_skeletons(const ck_label *labels, int h, int w, int first, ck_label *skeletons,
                  int32_t *scratch);

// counts [K, 2]: the pixels of the skeleton of each class, and those of them that are labelled so.
void ck_skeleton_overlaps(const ck_label *skeletons, const ck_label *labels, long count, int classes,
                          int64_t *counts);

// components [K] and holes [K] of each class within rows and columns first ..< end: 8-connected pixels
// of the class, and 4-connected ones of others that it closes off. Beyond the window nothing is of a
// class. scratch: three times the pixels of the window.
void ck_betti_numbers(const ck_label *labels, int w, int first_row, int end_row, int first_column,
                      int end_column, int classes, int32_t *components, int32_t *holes,
                      int32_t *scratch);

// sums [K, 3]: of each class, over windows that lie side by side from the upper left corner, how far the
// numbers of components and of holes are apart, and the components of both. Returns the number of windows
// with a pixel whose truth is not ignored; only these count. counts: [4, K] of scratch.
long ck_betti_errors(const ck_label *truth, const ck_label *prediction, int h, int w, int window,
                     int classes, int64_t *sums, int32_t *counts, int32_t *scratch);

// order [count]: places by falling value, of equals the first before. scratch: [2, count].
void ck_falling_order(const float *values, long count, int32_t *order, uint64_t *scratch);

// A component of the pixels so far that begins at a peak and at a saddle becomes part of an older one.
typedef struct {
  int32_t peak;
  int32_t saddle;  // -1: never
  // The first neighbours of the saddle in the order that are of the component and of the older one; -1
  // where the older one is what lies around the image.
  int32_t younger, older;
} ck_persistence_pair;

// Pairs by the elder rule where pixels [H, W] are added in an order; they touch at edges, and, with
// `corners`, at corners. With `outside` what lies around the image is there from the beginning. Returns the
// number of pairs, by their saddles in the order, those without a saddle last.
// pairs: room for H · W; scratch: [2, H · W + 1]. (Edelsbrunner, Letscher & Zomorodian, 2002)
long ck_persistence_pairs(const int32_t *order, int h, int w, int corners, int outside,
                          ck_persistence_pair *pairs, int32_t *scratch);

// Ridges of values [H, W] that persist. Kept are the saddles of at least `least` where a component of what
// is higher, or a valley of what is lower, ends that persisted for more than `persistence`: the difference
// between the saddle and its peak or its bottom. From each the steepest ascents are followed to peaks, and
// from a peak that does not persist on over its saddle. skeleton [H, W]: 1 on these paths, else 0.
// scratch: ck_morse_scratch(h, w) bytes, for 64-bit values.
long ck_morse_scratch(int h, int w);
void ck_morse_skeleton(const float *values, int h, int w, float persistence, float least,
                       uint8_t *skeleton, void *scratch);

#endif
