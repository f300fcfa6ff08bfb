#ifndef CK_FLOWS_H
#define CK_FLOWS_H

#include <stdint.h>

#include "ck_label.h"
#include "ck_layout.h"

// Objects as flows to their centres (Stringer, Wang, Michaelos and Pachitariu, "Cellpose: a generalist
// algorithm for cellular segmentation", Nature Methods 2021).
//
// Letters: N images, H height, W width. Ids of objects are labels: 0 is the background, and CK_IGNORED what
// nothing is known of.

// Bytes of scratch that each thread needs.
long ck_flows_scratch(int h, int w);

// flows [N, 2, H, W]: down and right, of length 1 in objects and 0 elsewhere: where heat rises. It comes
// from the pixel of the object that is nearest to the medians of its rows and columns, one unit before each
// step; in a step every pixel of the object becomes the mean of the 3 × 3 pixels around it, of which those
// of others hold nothing. There are twice as many steps as the object's box is high and wide, less its first
// row and column. The flow is the direction of the central differences of ln(1 + heat), 0 where there are
// none but for rounding.
void ck_flows(const ck_label *ids, int n, int h, int w, float *flows, void *scratch, int threads);

// The sums over valid pixels of logits [N, 3, H, W], of which the first is of the probability p of an
// object and the others are flows down and right, times 5:
//     sums[0] = Σ −ln p in objects, −ln(1 − p) elsewhere        sums[1] = Σ Σ_k (z_k − 5 flows_k)²
// The gradient of the first, times scales[0], and of half the second, times scales[1], is added where
// `gradient` is not NULL. partials: [ck_pixel_blocks, 2], overwritten.
void ck_flows_loss(ck_layout l, const float *logits, const ck_label *ids, const float *flows,
                   const float scales[2], float *gradient, double *partials, double sums[2],
                   int threads);

enum { CK_FLOW_SCALE = 5 };

// ends [H, W]: the pixel, from 0, that one gets to that is carried `steps` steps by flows [2, H, W], which
// are interpolated between the centres of pixels and hold nothing where `is_object` [H, W] is 0; no step leads
// out of the image. -1 for those pixels themselves.
void ck_flows_follow(const float *flows, const uint8_t *is_object, int h, int w, int steps,
                     int32_t *ends, int threads);

// map [H, W]: from 1 the number of the object that each pixel is of, by where it ended; 0 of none. Objects
// begin at pixels where at least `least` pixels ended and no pixel of the 5 × 5 around has more, of equals
// the first, those with the most first, and grow for 5 steps to neighbors among the 8 where more than 2 pixels
// ended. Returns how many there are. scratch: [3, H, W].
int ck_flows_gather(const int32_t *ends, int h, int w, int least, int32_t *map, int32_t *scratch);

#endif
