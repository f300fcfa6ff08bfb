#include "ck_warp_volume.h"
#include "ck_dispatch.h"
#include "ck_places.h"

#include <math.h>
#include <stddef.h>

#define INLINE static inline __attribute__((always_inline))

enum { block = 64 };

// Where the voxels of a block come from, axis by axis: x, y, z.
typedef struct {
  int count;
  double at[3][block];
} places;

INLINE void find_places(const ck_volume_map *map, int left, int y, int z, int w, places *p) {
  const float *fields[3] = {map->dx, map->dy, map->dz};
  for (int axis = 0; axis < 3; axis++) {
    const double *m = map->matrix + 4 * axis;
    const float *moved = fields[axis] ? fields[axis] + (long)y * w + left : NULL;
    double *at = p->at[axis], start = m[1] * y + m[2] * z + m[3];
    for (int i = 0; i < p->count; i++) at[i] = m[0] * (left + i) + start;
    if (moved)
      for (int i = 0; i < p->count; i++) at[i] += moved[i];
    for (int i = 0; i < p->count; i++) at[i] = ck_within_reach(at[i]);
  }
}

// The two voxels along an axis that lie around each place, -1 beyond a constant border, and the part of the second.
typedef struct {
  int first[block], second[block];
  float part[block];
} neighbours;

INLINE void find_neighbours(const double *at, int count, int n, ck_border border, neighbours *to) {
  for (int i = 0; i < count; i++) {
    double below = floor(at[i]);
    int first = (int)below;
    to->part[i] = (float)(at[i] - below);
    to->first[i] = ck_border_index(first, n, border);
    // Nothing is asked of what lies behind a voxel that is met exactly.
    to->second[i] = to->part[i] > 0 ? ck_border_index(first + 1, n, border) : to->first[i];
  }
}

INLINE float value_at(const float *volume, const ck_volume_source *s, int z, int y, int x,
                      float fill) {
  if ((z | y | x) < 0) return fill;
  return volume[((long)z * s->h + y) * s->w + x];
}

INLINE void image_block(const ck_volume_source *s, const places *p, float *target) {
  long voxels = (long)s->d * s->h * s->w;
  neighbours x, y, z;
  find_neighbours(p->at[0], p->count, s->w, s->border, &x);
  find_neighbours(p->at[1], p->count, s->h, s->border, &y);
  find_neighbours(p->at[2], p->count, s->d, s->border, &z);
  for (int c = 0; c < s->channels; c++) {
    const float *volume = s->image + c * voxels;
    float fill = s->fill[c], *out = target + c * voxels;
    for (int i = 0; i < p->count; i++) {
      float slices[2];
      for (int j = 0; j < 2; j++) {
        int slice = j ? z.second[i] : z.first[i];
        float upper = value_at(volume, s, slice, y.first[i], x.first[i], fill) * (1 - x.part[i]) +
                      value_at(volume, s, slice, y.first[i], x.second[i], fill) * x.part[i];
        float lower = value_at(volume, s, slice, y.second[i], x.first[i], fill) * (1 - x.part[i]) +
                      value_at(volume, s, slice, y.second[i], x.second[i], fill) * x.part[i];
        slices[j] = upper * (1 - y.part[i]) + lower * y.part[i];
      }
      out[i] = slices[0] * (1 - z.part[i]) + slices[1] * z.part[i];
    }
  }
}

INLINE void label_block(const ck_volume_source *s, const places *p, ck_label *target) {
  long voxels = (long)s->d * s->h * s->w;
  for (int i = 0; i < p->count; i++) {
    int x = ck_border_index((int)floor(p->at[0][i] + 0.5), s->w, s->border);
    int y = ck_border_index((int)floor(p->at[1][i] + 0.5), s->h, s->border);
    int z = ck_border_index((int)floor(p->at[2][i] + 0.5), s->d, s->border);
    long at = (x | y | z) < 0 ? -1 : ((long)z * s->h + y) * s->w + x;
    for (int plane = 0; plane < s->planes; plane++)
      target[plane * voxels + i] = at < 0 ? CK_IGNORED : s->labels[plane * voxels + at];
  }
}

CK_KERNEL void ck_warp_slice(const ck_volume_source *source, const ck_volume_map *map, int z,
                             float *image, ck_label *labels) {
  places p;
  for (int y = 0; y < source->h; y++)
    for (int left = 0; left < source->w; left += block) {
      p.count = source->w - left < block ? source->w - left : block;
      find_places(map, left, y, z, source->w, &p);
      long start = ((long)z * source->h + y) * source->w + left;
      image_block(source, &p, image + start);
      label_block(source, &p, labels + start);
    }
}

void ck_grid_plane(const float *grid, int grid_d, int grid_h, int grid_w, float *plane, int z,
                   int d) {
  float weights[CK_MOST_GRID];
  ck_fold_weights(z, d, grid_d, weights, 1);
  long area = (long)grid_h * grid_w;
  for (long i = 0; i < area; i++) plane[i] = 0;
  for (int k = 0; k < grid_d; k++)
    for (long i = 0; i < area; i++) plane[i] += weights[k] * grid[k * area + i];
}
