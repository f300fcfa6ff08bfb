#ifndef CK_WARP_VOLUME_H
#define CK_WARP_VOLUME_H

#include "ck_warp.h"

// Images are [channels][d][h][w] floats, labels [planes][d][h][w]; voxel centres lie at integers. An image is a volume
// of one slice.
typedef struct {
  const float *image;
  const ck_label *labels;
  int channels, planes, d, h, w;
  ck_border border;
  // [channels], what lies beyond a constant border; labels there are ignored.
  const float *fill;
} ck_volume_source;

// Where the voxels of a slice of the target, which has the extent of the source, come from: the rows of the matrix
// times (x, y, z, 1), moved by fields [h][w] where there are any.
typedef struct {
  double matrix[12];
  const float *dx, *dy, *dz;
} ck_volume_map;

// Slice z of image and labels in one pass: the image by trilinear interpolation, labels from the nearest voxel.
void ck_warp_slice(const ck_volume_source *source, const ck_volume_map *map, int z, float *image,
                   ck_label *labels);

// The plane [grid_h][grid_w] of a grid [grid_d][grid_h][grid_w] that slice z of d has: the first and the last of the
// grid lie at the outermost slices, by cubic interpolation with replicated edges.
void ck_grid_plane(const float *grid, int grid_d, int grid_h, int grid_w, float *plane, int z,
                   int d);

#endif
