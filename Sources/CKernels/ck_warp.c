#include "ck_warp.h"
#include "ck_dispatch.h"
#include "ck_places.h"

#include <math.h>

#define INLINE static inline __attribute__((always_inline))

INLINE int border_index(int i, int n, ck_border border) {
  if (i >= 0 && i < n) return i;
  switch (border) {
    case ck_border_constant: return -1;
    case ck_border_replicate: return i < 0 ? 0 : n - 1;
    case ck_border_wrap: return ((i % n) + n) % n;
    case ck_border_reflect: {
      int period = 2 * n, j = ((i % period) + period) % period;
      return j < n ? j : period - 1 - j;
    }
    default: {
      if (n == 1) return 0;
      int period = 2 * n - 2, j = ((i % period) + period) % period;
      return j < n ? j : period - j;
    }
  }
}

int ck_border_index(int i, int n, ck_border border) { return border_index(i, n, border); }

void ck_cubic_weights(double t, double weights[4]) {
  const double a = -0.75;
  for (int k = 0; k < 4; k++) {
    double x = fabs(t + 1 - k);
    weights[k] = x <= 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : (((x - 5) * x + 8) * x - 4) * a;
  }
}

enum { block = 64 };

// Where the pixels of a block come from.
typedef struct {
  int count;
  double x[block], y[block];
} places;

INLINE void find_places(const ck_map *map, int left, int y, int target_w, places *p) {
  const double *m = map->matrix;
  if (m[6] == 0 && m[7] == 0 && m[8] == 1) {
    for (int i = 0; i < p->count; i++) {
      int x = left + i;
      p->x[i] = m[0] * x + m[1] * y + m[2];
      p->y[i] = m[3] * x + m[4] * y + m[5];
    }
  } else {
    for (int i = 0; i < p->count; i++) {
      int x = left + i;
      double divisor = m[6] * x + m[7] * y + m[8];
      p->x[i] = (m[0] * x + m[1] * y + m[2]) / divisor;
      p->y[i] = (m[3] * x + m[4] * y + m[5]) / divisor;
    }
  }
  if (map->dx) {
    const float *dx = map->dx + (long)y * target_w + left;
    const float *dy = map->dy + (long)y * target_w + left;
    for (int i = 0; i < p->count; i++) {
      p->x[i] += dx[i];
      p->y[i] += dy[i];
    }
  }
  for (int i = 0; i < p->count; i++) {
    p->x[i] = ck_within_reach(p->x[i]);
    p->y[i] = ck_within_reach(p->y[i]);
  }
}

INLINE float value_at(const ck_warp_source *s, int c, int y, int x) {
  int row = border_index(y, s->h, s->border), column = border_index(x, s->w, s->border);
  if (row < 0 || column < 0) return s->fill[c];
  return s->image[((long)c * s->h + row) * s->w + column];
}

INLINE void bilinear_block(const ck_warp_source *s, const places *p, float *target, long area) {
  int x0[block], y0[block], at[block], outside = 0;
  float fx[block], fy[block];
  for (int i = 0; i < p->count; i++) {
    double left = floor(p->x[i]), above = floor(p->y[i]);
    x0[i] = (int)left;
    y0[i] = (int)above;
    fx[i] = (float)(p->x[i] - left);
    fy[i] = (float)(p->y[i] - above);
  }
  for (int i = 0; i < p->count; i++) {
    outside |= (x0[i] < 0) | (x0[i] >= s->w - 1) | (y0[i] < 0) | (y0[i] >= s->h - 1);
    at[i] = (int)((unsigned)y0[i] * (unsigned)s->w + (unsigned)x0[i]);
  }
  for (int c = 0; c < s->channels; c++) {
    const float *plane = s->image + (long)c * s->h * s->w, *under = plane + s->w;
    float *out = target + c * area;
    if (!outside) {
      for (int i = 0; i < p->count; i++) {
        float upper = plane[at[i]] * (1 - fx[i]) + plane[at[i] + 1] * fx[i];
        float lower = under[at[i]] * (1 - fx[i]) + under[at[i] + 1] * fx[i];
        out[i] = upper * (1 - fy[i]) + lower * fy[i];
      }
      continue;
    }
    for (int i = 0; i < p->count; i++) {
      float upper = value_at(s, c, y0[i], x0[i]) * (1 - fx[i]) +
                    value_at(s, c, y0[i], x0[i] + 1) * fx[i];
      float lower = value_at(s, c, y0[i] + 1, x0[i]) * (1 - fx[i]) +
                    value_at(s, c, y0[i] + 1, x0[i] + 1) * fx[i];
      out[i] = upper * (1 - fy[i]) + lower * fy[i];
    }
  }
}

INLINE void bicubic_block(const ck_warp_source *s, const places *p, float *target, long area) {
  for (int i = 0; i < p->count; i++) {
    double left = floor(p->x[i]), above = floor(p->y[i]), wx[4], wy[4];
    ck_cubic_weights(p->x[i] - left, wx);
    ck_cubic_weights(p->y[i] - above, wy);
    for (int c = 0; c < s->channels; c++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        double row = 0;
        for (int k = 0; k < 4; k++)
          row += wx[k] * value_at(s, c, (int)above - 1 + j, (int)left - 1 + k);
        sum += wy[j] * row;
      }
      target[c * area + i] = sum < 0 ? 0 : sum > 255 ? 255 : (float)sum;
    }
  }
}

INLINE void nearest_block(const ck_warp_source *s, const places *p, float *target, long area) {
  for (int c = 0; c < s->channels; c++)
    for (int i = 0; i < p->count; i++)
      target[c * area + i] =
          value_at(s, c, (int)floor(p->y[i] + 0.5), (int)floor(p->x[i] + 0.5));
}

INLINE void label_block(const ck_warp_source *s, const places *p, ck_label *target, long area) {
  int x[block], y[block], at[block], outside = 0;
  for (int i = 0; i < p->count; i++) {
    x[i] = (int)floor(p->x[i] + 0.5);
    y[i] = (int)floor(p->y[i] + 0.5);
  }
  for (int i = 0; i < p->count; i++) {
    outside |= (x[i] < 0) | (x[i] >= s->w) | (y[i] < 0) | (y[i] >= s->h);
    at[i] = (int)((unsigned)y[i] * (unsigned)s->w + (unsigned)x[i]);
  }
  if (outside)
    for (int i = 0; i < p->count; i++) {
      int row = border_index(y[i], s->h, s->border), column = border_index(x[i], s->w, s->border);
      at[i] = row < 0 || column < 0 ? -1 : row * s->w + column;
    }
  for (int plane = 0; plane < s->planes; plane++, target += area) {
    const ck_label *labels = s->labels + (long)plane * s->h * s->w;
    if (outside)
      for (int i = 0; i < p->count; i++) target[i] = at[i] < 0 ? CK_IGNORED : labels[at[i]];
    else
      for (int i = 0; i < p->count; i++) target[i] = labels[at[i]];
  }
}

CK_KERNEL void ck_warp(const ck_warp_source *source, const ck_map *map, float *image,
                       ck_label *labels, int target_h, int target_w) {
  long area = (long)target_h * target_w;
  places p;
  for (int y = 0; y < target_h; y++)
    for (int left = 0; left < target_w; left += block) {
      p.count = target_w - left < block ? target_w - left : block;
      find_places(map, left, y, target_w, &p);
      long start = (long)y * target_w + left;
      switch (source->interpolation) {
        case ck_bilinear: bilinear_block(source, &p, image + start, area); break;
        case ck_bicubic: bicubic_block(source, &p, image + start, area); break;
        case ck_nearest: nearest_block(source, &p, image + start, area); break;
      }
      label_block(source, &p, labels + start, area);
    }
}

// MARK: Fields of displacements

// The weights of the neighbours first - 1 ..< first + 3, folded onto the n points of the grid.
void ck_fold_weights(int place, int places, int n, float *weights, long stride) {
  double at = places > 1 ? (double)place * (n - 1) / (places - 1) : 0;
  int first = (int)floor(at);
  double cubic[4];
  ck_cubic_weights(at - first, cubic);
  for (int j = 0; j < n; j++) weights[j * stride] = 0;
  for (int k = 0; k < 4; k++)
    weights[border_index(first - 1 + k, n, ck_border_replicate) * stride] += (float)cubic[k];
}

CK_KERNEL void ck_grid_field(const float *grid, int grid_h, int grid_w, float *field, int h, int w,
                             float *scratch) {
  float *of_columns = scratch, *row = scratch + (long)grid_w * w;
  for (int x = 0; x < w; x++) ck_fold_weights(x, w, grid_w, of_columns + x, w);
  for (int y = 0; y < h; y++) {
    float of_rows[CK_MOST_GRID];
    ck_fold_weights(y, h, grid_h, of_rows, 1);
    for (int j = 0; j < grid_w; j++) {
      row[j] = 0;
      for (int i = 0; i < grid_h; i++) row[j] += of_rows[i] * grid[i * grid_w + j];
    }
    float *out = field + (long)y * w;
    for (int x = 0; x < w; x++) out[x] = row[0] * of_columns[x];
    for (int j = 1; j < grid_w; j++) {
      const float *weights = of_columns + (long)j * w;
      float value = row[j];
      for (int x = 0; x < w; x++) out[x] += value * weights[x];
    }
  }
}

CK_KERNEL void ck_spread_columns(const float *columns, float *field, int h, int w) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) field[(long)y * w + x] = columns[x];
}

CK_KERNEL void ck_spread_rows(const float *rows, float *field, int h, int w) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) field[(long)y * w + x] = rows[y];
}
