#include <assert.h>

#include "ck_lanes.h"
#include "ck_regions.h"

// A point between pixels, as the four pixels around it and what they weigh.
typedef struct {
  long place[4];
  float weight[4];
} ck_point;

// 0 where the point lies more than a pixel outside of the map.
CK_INLINE int point_at(float y, float x, int height, int width, ck_point *point) {
  if (y < -1 || y > height || x < -1 || x > width) return 0;
  if (y < 0) y = 0;
  if (x < 0) x = 0;
  int top = (int)y, left = (int)x, bottom, right;
  if (top >= height - 1) {
    top = bottom = height - 1;
    y = (float)top;
  } else {
    bottom = top + 1;
  }
  if (left >= width - 1) {
    left = right = width - 1;
    x = (float)left;
  } else {
    right = left + 1;
  }
  float dy = y - top, dx = x - left;
  point->place[0] = (long)top * width + left;
  point->place[1] = (long)top * width + right;
  point->place[2] = (long)bottom * width + left;
  point->place[3] = (long)bottom * width + right;
  point->weight[0] = (1 - dy) * (1 - dx);
  point->weight[1] = (1 - dy) * dx;
  point->weight[2] = dy * (1 - dx);
  point->weight[3] = dy * dx;
  return 1;
}

typedef struct {
  int level;
  float top, left, bin_height, bin_width;
} ck_region;

// 0 where the row of the table is no region.
CK_INLINE int region_at(const ck_region_alignment *by, const float *table, int row,
                        ck_region *region) {
  int rows = by->regions;
  if (table[4 * rows + row] == 0) return 0;
  float x1 = table[row], y1 = table[rows + row];
  float x2 = table[2 * rows + row], y2 = table[3 * rows + row];
  float extent = __builtin_sqrtf((x2 - x1) * (y2 - y1));
  int level = 0;
  while (level + 1 < by->levels && extent >= by->least_extent[level + 1]) level++;
  float scale = by->scale[level];
  float width = x2 * scale - x1 * scale, height = y2 * scale - y1 * scale;
  region->level = level;
  region->top = y1 * scale;
  region->left = x1 * scale;
  region->bin_height = (height > 1 ? height : 1) / by->side;
  region->bin_width = (width > 1 ? width : 1) / by->side;
  return 1;
}

CK_INLINE int point_of_bin(const ck_region_alignment *by, const ck_region *region, int bin,
                           int sample, ck_point *point) {
  int side = by->side, samples = by->samples;
  float y = region->top + (bin / side) * region->bin_height +
            (sample / samples + 0.5f) * region->bin_height / samples;
  float x = region->left + (bin % side) * region->bin_width +
            (sample % samples + 0.5f) * region->bin_width / samples;
  ck_layout map = by->layout[region->level];
  return point_at(y, x, map.h, map.w, point);
}

typedef struct {
  const ck_region_alignment *by;
  const float *const *levels;
  float *const *gradients;
  const float *table, *result_gradient;
  float *result;
} ck_aligning;

// A unit is a region of a sample.
CK_KERNEL static void align_unit(void *context, int unit) {
  const ck_aligning *p = context;
  const ck_region_alignment *by = p->by;
  int n = unit / by->regions, row = unit % by->regions, block = by->block;
  int bins = by->side * by->side, points = by->samples * by->samples;
  long area = (long)by->regions * bins;
  float *target = p->result + (long)n * by->blocks * area * block + (long)row * bins * block;
  for (int b = 0; b < by->blocks; b++)
    memset(target + b * area * block, 0, (size_t)bins * block * sizeof(float));
  ck_region region;
  if (!region_at(by, p->table + (long)n * 5 * by->regions, row, &region)) return;
  ck_layout map = by->layout[region.level];
  long map_area = ck_area(map);
  const float *maps = p->levels[region.level] + (long)n * by->blocks * map_area * block;
  float share = 1.0f / points;
  for (int bin = 0; bin < bins; bin++)
    for (int sample = 0; sample < points; sample++) {
      ck_point point;
      if (!point_of_bin(by, &region, bin, sample, &point)) continue;
      for (int tap = 0; tap < 4; tap++) {
        float weight = share * point.weight[tap];
        for (int b = 0; b < by->blocks; b++) {
          const float *from = maps + (b * map_area + point.place[tap]) * block;
          float *to = target + (b * area + bin) * block;
          for (int lane = 0; lane < block; lane++) to[lane] += weight * from[lane];
        }
      }
    }
}

// A unit is a block of channels of a sample, so that every gradient is added to by one thread, region
// after region.
CK_KERNEL static void align_backward_unit(void *context, int unit) {
  const ck_aligning *p = context;
  const ck_region_alignment *by = p->by;
  int n = unit / by->blocks, b = unit % by->blocks, block = by->block;
  int bins = by->side * by->side, points = by->samples * by->samples;
  long area = (long)by->regions * bins;
  const float *source = p->result_gradient + ((long)n * by->blocks + b) * area * block;
  float share = 1.0f / points;
  for (int row = 0; row < by->regions; row++) {
    ck_region region;
    if (!region_at(by, p->table + (long)n * 5 * by->regions, row, &region)) continue;
    ck_layout map = by->layout[region.level];
    float *gradient =
        p->gradients[region.level] + ((long)n * by->blocks + b) * ck_area(map) * block;
    for (int bin = 0; bin < bins; bin++) {
      const float *from = source + ((long)row * bins + bin) * block;
      for (int sample = 0; sample < points; sample++) {
        ck_point point;
        if (!point_of_bin(by, &region, bin, sample, &point)) continue;
        for (int tap = 0; tap < 4; tap++) {
          float weight = share * point.weight[tap];
          float *to = gradient + point.place[tap] * block;
          for (int lane = 0; lane < block; lane++) to[lane] += weight * from[lane];
        }
      }
    }
  }
}

void ck_region_align(const ck_region_alignment *by, const float *const *levels, const float *table,
                     float *result) {
  ck_aligning p = {.by = by, .levels = levels, .table = table, .result = result};
  ck_parallel(by->threads, by->n * by->regions, align_unit, &p);
}

void ck_region_align_backward(const ck_region_alignment *by, const float *result_gradient,
                              const float *table, float *const *gradients) {
  ck_aligning p = {
      .by = by, .gradients = gradients, .table = table, .result_gradient = result_gradient};
  ck_parallel(by->threads, by->n * by->blocks, align_backward_unit, &p);
}

void ck_mask_target(const ck_label *ids, int height, int width, ck_label id, const float box[4],
                    int side, float *target) {
  float extent_y = box[3] - box[1], extent_x = box[2] - box[0];
  float bin_height = (extent_y > 1 ? extent_y : 1) / side;
  float bin_width = (extent_x > 1 ? extent_x : 1) / side;
  int rows = (int)__builtin_ceilf(bin_height), columns = (int)__builtin_ceilf(bin_width);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++) {
      float sum = 0;
      for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) {
          ck_point point;
          float at_y = box[1] + y * bin_height + (i + 0.5f) * bin_height / rows;
          float at_x = box[0] + x * bin_width + (j + 0.5f) * bin_width / columns;
          if (!point_at(at_y, at_x, height, width, &point)) continue;
          for (int tap = 0; tap < 4; tap++)
            if (ids[point.place[tap]] == id) sum += point.weight[tap];
        }
      target[y * side + x] = sum / (rows * columns);
    }
}
