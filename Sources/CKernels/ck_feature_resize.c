#include "ck_feature_resize.h"

#include "ck_lanes.h"

// A unit is a row of pixels of the target, of one sample and block of channels: every value is
// written by one unit. The inner loops run over the lanes of a pixel, and are compiled for the common
// blocks with the constant.

typedef struct {
  ck_feature_resize by;
  ck_tensor source, target;
  int accumulate;
} resizing;

typedef struct {
  int slice, row;  // of the target
  void *source;    // the first value of the source's sample and block
  void *target;    // the first value of the row
} target_row;

CK_INLINE target_row target_row_at(const resizing *p, int unit) {
  ck_layout from = p->by.source, to = p->by.target;
  int rows = to.d * to.h, index = unit % rows, plane = unit / rows, block = to.block;
  long n = plane / ck_blocks(to), b = plane % ck_blocks(to);
  long source = n * p->source.stride + b * ck_area(from) * block;
  long target = n * p->target.stride + (b * ck_area(to) + (long)index * to.w) * block;
  return (target_row){
      .slice = index / to.h,
      .row = index % to.h,
      .source = ck_value_at(p->source.values, source, p->source.type),
      .target = ck_value_at(p->target.values, target, p->target.type),
  };
}

// sums[lane] += weight · the sum along the width of the source's line that begins at `line`.
CK_INLINE void add_line(const void *line, float weight, const ck_axis_taps *width, int x,
                        float *sums, int block, int type) {
  const float *weights = width->weights + (long)x * width->most;
  for (int k = 0; k < width->count[x]; k++) {
    long start = (long)(width->first[x] + k) * block;
    float product = weight * weights[k];
    for (int lane = 0; lane < block; lane++)
      sums[lane] += product * ck_value(line, start + lane, type);
  }
}

CK_INLINE void resize_row(const resizing *p, target_row r, int block, int type) {
  const ck_feature_resize *by = &p->by;
  ck_layout from = by->source;
  const ck_axis_taps *depth = &by->depth, *height = &by->height;
  for (int x = 0; x < by->target.w; x++) {
    float sums[CK_MAX_BLOCK];
    for (int lane = 0; lane < block; lane++) sums[lane] = 0;
    for (int z = 0; z < depth->count[r.slice]; z++)
      for (int y = 0; y < height->count[r.row]; y++) {
        float weight = depth->weights[(long)r.slice * depth->most + z] *
                       height->weights[(long)r.row * height->most + y];
        long line = (long)(depth->first[r.slice] + z) * from.h + height->first[r.row] + y;
        add_line(ck_value_at(r.source, line * from.w * block, type), weight, &by->width, x,
                 sums, block, type);
      }
    for (int lane = 0; lane < block; lane++) {
      long place = (long)x * block + lane;
      float value = sums[lane];
      if (p->accumulate) value = ck_value(r.target, place, type) + value;
      ck_set(r.target, place, value, type);
    }
  }
}

CK_KERNEL static void resize_unit(void *context, int unit) {
  const resizing *p = context;
  target_row r = target_row_at(p, unit);
  int block = p->by.target.block, type = p->target.type, is_f32 = type == CK_F32;
  if (block == 16 && is_f32)
    resize_row(p, r, 16, CK_F32);
  else if (block == 16)
    resize_row(p, r, 16, CK_BF16);
  else if (block == 8)
    resize_row(p, r, 8, type);
  else if (block == 1)
    resize_row(p, r, 1, type);
  else
    resize_row(p, r, block, type);
}

void ck_resize_features(ck_feature_resize resize, ck_tensor source, ck_tensor target,
                        int accumulate, int threads) {
  ck_layout to = resize.target;
  assert(to.block <= CK_MAX_BLOCK && to.block == resize.source.block);
  resizing p = {resize, source, target, accumulate};
  ck_parallel(threads, to.n * ck_blocks(to) * to.d * to.h, resize_unit, &p);
}
