#ifndef CK_REGIONS_H
#define CK_REGIONS_H

#include "ck_label.h"
#include "ck_layout.h"

// What two-stage detectors do with boxes. A box is x1, y1, x2, y2 in pixels of the image, its edges
// between pixels: a pixel at column x reaches from x to x + 1. Tables are [columns][rows] per sample.

enum { CK_MAX_LEVELS = 8 };

// RoIAlign (He, Gkioxari, Dollár & Girshick 2017) over a pyramid, as torchvision's roi_align with
// aligned=False.
typedef struct {
  int levels, regions, side, samples;   // samples² points a bin
  int block, blocks, n;                 // of all levels and of the result
  ck_layout layout[CK_MAX_LEVELS];      // N × C × H × W, the finest first
  float scale[CK_MAX_LEVELS];           // pixels of the level for one of the image
  float least_extent[CK_MAX_LEVELS];    // √area of the smallest region that a level serves
  int threads;
} ck_region_alignment;

// result: [n][blocks][regions][side][side][block]; regions whose fifth column is 0 give 0.
// table: [n][5][regions].
void ck_region_align(const ck_region_alignment *by, const float *const *levels, const float *table,
                     float *result);
// Adds to `gradients`, the gradients of the levels, region after region.
void ck_region_align_backward(const ck_region_alignment *by, const float *result_gradient,
                              const float *table, float *const *gradients);

// For each of `count` boxes [count][4] the true box, of `truths`, that it overlaps most, -1 without
// any, and the intersection over union; the first of equals. `best_of_truth`: the largest overlap of
// each true box.
void ck_box_matches(const float *boxes, int count, const float *true_boxes, int truths, int *match,
                    float *overlap, float *best_of_truth);

// Sets low[i] where the box i overlaps some true box as much as the box that overlaps that most.
void ck_box_low_matches(const float *boxes, int count, const float *true_boxes, int truths,
                        const float *best_of_truth, unsigned char *low);

// Non-maximum suppression of boxes [count][4], the surest first: kept[i] is 0 where an earlier box
// that is kept and of the same group overlaps box i by more than `threshold`.
void ck_box_suppress(const float *boxes, const int *groups, int count, float threshold,
                     unsigned char *kept);

// target[y][x] = the share of the points of a bin that lie on the object: RoIAlign of the object's
// mask with as many points a bin as it has pixels, as torchvision makes its targets.
void ck_mask_target(const ck_label *ids, int height, int width, ck_label id, const float box[4],
                    int side, float *target);

// Where the mask [side][side] of probabilities, enlarged to its box as torchvision's
// paste_masks_in_image does, is at least `threshold` and planes[1] is 0, writes class, id and score
// to planes[0], planes[1] and planes[2], [3][height][width]. Returns the number of pixels.
int ck_mask_draw(const float *mask, int side, const float box[4], float threshold, float class_id,
                 float id, float score, float *planes, int height, int width);

#endif
