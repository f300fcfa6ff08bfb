#ifndef CK_DISTANCE_H
#define CK_DISTANCE_H

#include <stdint.h>

#include "ck_label.h"

// Exact Euclidean distances between the centres of pixels, in pixels, squared: integers. Separable:
// along the columns by scans, then along each row as the lower envelope of parabolas (Felzenszwalb
// & Huttenlocher, Theory of Computing 2012). At most 32767 rows and columns.

// Bytes of scratch that each thread needs.
long ck_distance_scratch(int h, int w);

// squared [N, H, W]: to the nearest pixel with another label, ignored being one too; 0 in an image
// of one label.
void ck_distance_to_others(const ck_label *labels, int n, int h, int w, int32_t *squared,
                           void *scratch, int threads);

// What a map of distances holds for each image and class. With d the distance to the nearest pixel
// of the class at pixels outside of it, and to the nearest pixel outside at pixels of it:
typedef enum {
  CK_SIGNED_DISTANCE,  // d outside, 1 − d inside
  CK_DISTANCE_POWER,   // d^exponent
} ck_distance_kind;

// maps [N, K, H, W] are set, or added to where `adds`; classes that are not `used` are left alone,
// and those that an image lacks or consists of get (add) 0. others: as ck_distance_to_others gives.
void ck_class_distances(const ck_label *labels, const int32_t *others, const uint8_t *used, int n,
                        int classes, int h, int w, ck_distance_kind kind, float exponent, int adds,
                        float *maps, void *scratch, int threads);

// squared: of every pixel of the class in `from` [H, W] to the nearest one in `to` [H, W], which has
// at least one; room for H · W. Returns how many there are. One thread.
long ck_distances_between(const ck_label *from, const ck_label *to, int class, int h, int w,
                          int32_t *squared, void *scratch);

// The same where pixels are `height` and `width` apart, in any unit: squares of that unit. Of two pixels that
// are equally near but for rounding either is taken.
long ck_spaced_distances_between(const ck_label *from, const ck_label *to, int class, int h, int w,
                                 double height, double width, double *squared, void *scratch);

// penalties [N, H, W] = 2 − d/D of each pixel's distance d to the nearest pixel with another label,
// D the greatest d of its label in its image: near 2 at boundaries, 1 farthest from them and in
// images of one label.
void ck_boundary_penalties(const ck_label *labels, const int32_t *others, int n, long area,
                           float *penalties);

// objects [H, W]: the number, from 1 in the order of their first pixels, of each object: 8-connected
// pixels that share a label from `first` on, ignored ones left out; 0 outside of objects. Returns how many
// there are. parent: [H, W] of scratch. One thread.
int ck_objects(const ck_label *labels, int h, int w, int first, int32_t *objects, int32_t *parent);

// weights [N, H, W] += w0 · e^(−(d1 + d2)²/2σ²) with d1 and d2 the distances to the nearest and the
// second nearest object of the image: 8-connected pixels that share a label that is neither 0 nor ignored.
// Only at pixels labelled 0 unless `everywhere`; nothing where d2 exceeds `reach`.
// scratch: [N, 5, H, W].
void ck_border_weights(const ck_label *labels, int n, int h, int w, float w0, float sigma,
                       int reach, int everywhere, float *weights, int32_t *scratch, int threads);

#endif
