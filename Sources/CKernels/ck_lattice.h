#ifndef CK_LATTICE_H
#define CK_LATTICE_H

#include <stdint.h>

#include "ck_dense_crf.h"
#include "ck_dispatch.h"
#include "ck_math.h"

// The permutohedral lattice (Adams, Baek & Davis, "Fast High-Dimensional Filtering Using the
// Permutohedral Lattice", Eurographics 2010): private to this target. It sums values of points with the
// weights exp(-½|f - g|²) of their features f, g [d] in a time that is linear in the number of points:
// each point gives its values to the d + 1 vertices of the simplex around it (splat), vertices are
// blurred with [½, 1, ½] along the d + 1 directions of the lattice, and each point takes from its
// vertices in the measure in which it gave (slice). Vertices without a point are left out, as in the
// authors' code, and so is what they would have passed on.
//
// Letters: N points, d features, V vertices, B blocks of values.

enum { CK_LATTICE_LANES = 8, CK_LATTICE_MAX_CHANNELS = CK_DENSE_CRF_MAX_CHANNELS };

// What a point gives to a vertex.
typedef struct {
  int32_t point;
  float weight;
} ck_lattice_share;

typedef struct {
  int dimensions;
  long points;
  // Vertices have the numbers 1 ... vertices; what stands at 0 is zero, in place of a missing one.
  int32_t vertices;
  int32_t *corners;          // [N, d + 1]: the vertices of the simplex around each point
  float *weights;            // [N, d + 1]: barycentric coordinates of the point in the simplex
  long *starts;              // [V + 2]: the first share of each vertex; shares end where the next begin
  ck_lattice_share *shares;  // [N (d + 1)]: vertex by vertex, in the order of the points
  int32_t *neighbours;       // [d + 1, V + 1, 2]: those of each vertex in each direction
  float *values[2];          // [B, V + 1, lanes] each
} ck_lattice;

// The features of a pixel are its column and row divided by `position_deviation` and its channels
// divided by `channel_deviation`. image [H, W, channels], values in 0...255; others count as the nearest
// of these and NaN as 0. May be NULL where channels is 0. Deviations are at least 0.01, H and W at most
// 65535. Returns 0, or -1 where memory does not suffice; ck_lattice_free is to follow in both cases.
int ck_lattice_make(ck_lattice *lattice, int h, int w, const float *image, int channels,
                    float position_deviation, float channel_deviation, int blocks, int threads);
void ck_lattice_free(ck_lattice *lattice);

// Splats and blurs values [B, N, lanes] of the points. Returns what ck_lattice_slice takes from.
// Each vertex adds its shares in the order of the points, so that threads do not change the sums.
const float *ck_lattice_blur(const ck_lattice *lattice, const float *values, int blocks,
                             int threads);

// Makes splat and slice together multiply by factors[p] · factors[q] for each pair of points.
void ck_lattice_scale(ck_lattice *lattice, const float *factors, int threads);

// sums [count, lanes] += what one block of the blurred values gives to the points from `first` on.
CK_INLINE void ck_lattice_slice(const ck_lattice *lattice, const float *blurred, int block,
                                long first, int count, float sums[][CK_LATTICE_LANES]) {
  int corners = lattice->dimensions + 1;
  const float *values = blurred + (long)block * (lattice->vertices + 1) * CK_LATTICE_LANES;
  for (int t = 0; t < count; t++) {
    const int32_t *corner = lattice->corners + (first + t) * corners;
    const float *weights = lattice->weights + (first + t) * corners;
    float sum[CK_LATTICE_LANES];
    memcpy(sum, sums[t], sizeof sum);
    for (int k = 0; k < corners; k++) {
      const float *from = values + (long)corner[k] * CK_LATTICE_LANES;
      float weight = weights[k];
      for (int lane = 0; lane < CK_LATTICE_LANES; lane++) sum[lane] += weight * from[lane];
    }
    memcpy(sums[t], sum, sizeof sum);
  }
}

#endif
