#ifndef CK_STAR_H
#define CK_STAR_H

#include <stdint.h>

#include "ck_label.h"
#include "ck_layout.h"

// Objects as star-convex polygons (Schmidt, Weigert, Broaddus and Myers, "Cell Detection with Star-convex
// Polygons", MICCAI 2018): of each pixel of an object how far the object reaches in R directions.
//
// Letters: N images, R rays, H height, W width. Ids of objects are labels: 0 is the background, and
// CK_IGNORED what nothing is known of.
// directions: [R, 2], how far a ray goes along the rows' axis (down) and along the columns' (right) in a
// step of length 1.

// probabilities [N, H, W]: of pixels of objects the distance to the nearest pixel that is not of the same
// object, as a share of the greatest in the object; 0 elsewhere. 1 in an object that fills its image.
// squared: as ck_distance_to_others gives it; greatest: [65536] of scratch.
void ck_star_probabilities(const ck_label *ids, const int32_t *squared, int n, long area,
                           int32_t *greatest, float *probabilities);

// distances [N, R, H, W]: steps of length 1 are taken from the centre of a pixel until the pixel there is not
// of the object, or lies outside of the image; of the last one only so much counts that a ray along an axis
// ends at the side of the object's last pixel. 0 outside of objects.
void ck_star_distances(const ck_label *ids, int n, int h, int w, const float *directions, int rays,
                       float *distances, int threads);

// The sums over valid pixels of logits [N, 1 + R, H, W], of which the first is of the probability p of an
// object and the others are distances d:
//     sums[0] = Σ −q ln p − (1 − q) ln(1 − p)        sums[1] = Σ q Σ_k |d_k − distances_k|
// with q of `probabilities` [N, H, W]. The gradient of each, times its scale, is added where `gradient` is
// not NULL. partials: [ck_pixel_blocks, 2], overwritten.
void ck_star_loss(ck_layout l, const float *logits, const ck_label *ids, const float *probabilities,
                  const float *distances, const float scales[2], float *gradient, double *partials,
                  double sums[2], int threads);

// Where the pixels of a polygon lie: rows from `top` on, of which `words` words of 64 columns each from
// column 64 · word on.
typedef struct {
  int top, rows, word, words;
} ck_star_box;

// The box of a polygon around the centre of a pixel, cut to the image. Distances that are not above 0.001
// count as that, and none as more than H + W.
ck_star_box ck_star_find_box(int row, int column, const float *distances, const float *directions,
                             int rays, int h, int w);

// bits [rows, words] of the box: 1 for pixels whose centres lie inside of the polygon; of those on its sides
// the ones to the right and below count. Returns how many there are. crossings: [R] of scratch.
long ck_star_fill(int row, int column, const float *distances, const float *directions, int rays,
                  int h, int w, ck_star_box box, uint64_t *bits, float *crossings);

// How many pixels two polygons share.
long ck_star_shared(ck_star_box box, const uint64_t *bits, ck_star_box other_box,
                    const uint64_t *other_bits);

// Pixels of the polygon that have no number yet get `number`; map: [H, W].
void ck_star_paint(ck_star_box box, const uint64_t *bits, int w, int32_t number, int32_t *map);

#endif
