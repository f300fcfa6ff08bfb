#include "ck_pooling.h"

#include "ck_lanes.h"
#include "ck_pooling_any.h"

// Windows that lie side by side within the tensor; slices, rows and columns that fill no window are left
// over. All others are the business of ck_pooling_any.
//
// A unit is a row of windows of one sample and block of channels. The inner loops run over the
// lanes of a pixel, and are compiled for the common blocks with the constant.

typedef struct {
  ck_windows windows;
  ck_tensor large, small;
  const uint8_t *positions;
  uint8_t *positions_result;
  int accumulate;
} pooling;

typedef struct {
  int slice, row;  // of windows
  void *small;     // the row's first value in the small tensor
  void *large;     // the first value of the row's windows in the large tensor
  long position;   // index of the row's first position
  long line;       // values in a row of pixels of the large tensor
  long plane;      // values in a slice of the large tensor
} window_row;

static int window_rows(ck_windows w) {
  return w.large.n * ck_blocks(w.large) * w.small.d * w.small.h;
}

CK_INLINE window_row window_row_at(const pooling *p, int unit) {
  ck_windows w = p->windows;
  int rows = w.small.d * w.small.h, index = unit % rows, plane = unit / rows;
  int slice = index / w.small.h, row = index % w.small.h, block = w.large.block;
  long n = plane / ck_blocks(w.large), b = plane % ck_blocks(w.large);
  long small = n * p->small.stride + (b * ck_area(w.small) + (long)index * w.small.w) * block;
  long first_line = (long)slice * w.depth * w.large.h + (long)row * w.height;
  long large = n * p->large.stride + (b * ck_area(w.large) + first_line * w.large.w) * block;
  return (window_row){
      .slice = slice,
      .row = row,
      .small = ck_value_at(p->small.values, small, p->small.type),
      .large = ck_value_at(p->large.values, large, p->large.type),
      .position = (plane * ck_area(w.small) + (long)index * w.small.w) * block,
      .line = (long)w.large.w * block,
      .plane = (long)w.large.h * w.large.w * block,
  };
}

// The larger of what was found before and slice z of a window.
CK_INLINE void pool_slice(ck_windows w, window_row r, int z, const void *window, float *best,
                          int32_t *where, int lanes, int type) {
  for (int y = 0; y < w.height; y++)
    for (int x = z == 0 && y == 0; x < w.width; x++) {
      long start = z * r.plane + y * r.line + (long)x * w.large.block;
      int32_t position = (z * w.height + y) * w.width + x;
      for (int lane = 0; lane < lanes; lane++) {
        float value = ck_value(window, start + lane, type);
        int larger = (value > best[lane]) | ((value != value) & (best[lane] == best[lane]));
        best[lane] = larger ? value : best[lane];
        where[lane] = larger ? position : where[lane];
      }
    }
}

// `lanes` values of each pixel of a window, from `window` on.
CK_INLINE void pool_window(ck_windows w, window_row r, const void *window, void *maxima,
                           uint8_t *positions, int lanes, int type) {
  float best[CK_MAX_BLOCK];
  int32_t where[CK_MAX_BLOCK];
  for (int lane = 0; lane < lanes; lane++) {
    best[lane] = ck_value(window, lane, type);
    where[lane] = 0;
  }
  pool_slice(w, r, 0, window, best, where, lanes, type);
  for (int z = 1; z < w.depth; z++) pool_slice(w, r, z, window, best, where, lanes, type);
  for (int lane = 0; lane < lanes; lane++) {
    ck_set(maxima, lane, best[lane], type);
    positions[lane] = (uint8_t)where[lane];
  }
}

CK_INLINE void pool_row(const pooling *p, window_row r, int depth, int block, int type) {
  ck_windows w = p->windows;
  w.large.block = block;
  w.depth = depth;
  for (int column = 0; column < w.small.w; column++)
    pool_window(w, r, ck_value_at(r.large, (long)column * w.width * block, type),
                ck_value_at(r.small, (long)column * block, type),
                p->positions_result + r.position + (long)column * block, block, type);
}

CK_INLINE void zero_or_keep(const pooling *p, void *values, long count, int type) {
  if (!p->accumulate) memset(values, 0, count * ck_value_bytes(type));
}

// Slice z of the windows of a row.
CK_INLINE void scatter_slice(const pooling *p, window_row r, int z, int block, int type) {
  ck_windows w = p->windows;
  int covered = w.small.w * w.width;
  void *slice = ck_value_at(r.large, z * r.plane, type);
  for (int y = 0; y < w.height; y++) {
    void *restrict line = ck_value_at(slice, y * r.line, type);
    for (int column = 0; column < w.small.w; column++) {
      const void *restrict values = ck_value_at(r.small, (long)column * block, type);
      const uint8_t *restrict positions = p->positions + r.position + (long)column * block;
      for (int x = 0; x < w.width; x++) {
        long result = (long)(column * w.width + x) * block;
        uint8_t position = (uint8_t)((z * w.height + y) * w.width + x);
        for (int lane = 0; lane < block; lane++) {
          float value = positions[lane] == position ? ck_value(values, lane, type) : 0;
          if (p->accumulate) value = ck_value(line, result + lane, type) + value;
          ck_set(line, result + lane, value, type);
        }
      }
    }
    zero_or_keep(p, ck_value_at(line, (long)covered * block, type),
                 (long)(w.large.w - covered) * block, type);
  }
  if (r.row == w.small.h - 1) {
    int left_over = w.large.h - w.small.h * w.height;
    zero_or_keep(p, ck_value_at(slice, w.height * r.line, type), left_over * r.line, type);
  }
}

CK_INLINE void scatter_row(const pooling *p, window_row r, int depth, int block, int type) {
  ck_windows w = p->windows;
  for (int z = 0; z < depth; z++) scatter_slice(p, r, z, block, type);
  if (r.slice == w.small.d - 1 && r.row == 0) {
    int left_over = w.large.d - w.small.d * w.depth;
    zero_or_keep(p, ck_value_at(r.large, w.depth * r.plane, type), left_over * r.plane, type);
  }
}

CK_INLINE void gather_row(const pooling *p, window_row r, int depth, int block, int type) {
  ck_windows w = p->windows;
  for (int column = 0; column < w.small.w; column++) {
    long window = (long)column * w.width * block, result = (long)column * block;
    const uint8_t *positions = p->positions + r.position + (long)column * block;
    for (int lane = 0; lane < block; lane++) {
      int y = positions[lane] / w.width, x = positions[lane] % w.width, z = 0;
      if (depth > 1) {
        z = y / w.height;
        y %= w.height;
      }
      long place = window + z * r.plane + y * r.line + (long)x * block + lane;
      float value = ck_value(r.large, place, type);
      if (p->accumulate) value = ck_value(r.small, result + lane, type) + value;
      ck_set(r.small, result + lane, value, type);
    }
  }
}

// Calls a function of a row of windows, compiled for the common blocks and types, and for windows of
// one slice.
#define CK_SPECIALISED(row_function, p, r)                          \
  do {                                                              \
    if ((p)->windows.depth == 1)                                    \
      CK_SPECIALISED_AT(row_function, p, r, 1);                     \
    else                                                            \
      CK_SPECIALISED_AT(row_function, p, r, (p)->windows.depth);    \
  } while (0)
#define CK_SPECIALISED_AT(row_function, p, r, depth)                                     \
  do {                                                                                   \
    int is_f32 = (p)->large.type == CK_F32;                                              \
    switch ((p)->windows.large.block) {                                                  \
    case 16:                                                                             \
      if (is_f32)                                                                        \
        row_function(p, r, depth, 16, CK_F32);                                           \
      else                                                                               \
        row_function(p, r, depth, 16, CK_BF16);                                          \
      break;                                                                             \
    case 8: row_function(p, r, depth, 8, (p)->large.type); break;                        \
    case 1: row_function(p, r, depth, 1, (p)->large.type); break;                        \
    default: row_function(p, r, depth, (p)->windows.large.block, (p)->large.type);       \
    }                                                                                    \
  } while (0)

CK_KERNEL static void pool_unit(void *context, int unit) {
  const pooling *p = context;
  CK_SPECIALISED(pool_row, p, window_row_at(p, unit));
}

CK_KERNEL static void scatter_unit(void *context, int unit) {
  const pooling *p = context;
  CK_SPECIALISED(scatter_row, p, window_row_at(p, unit));
}

CK_KERNEL static void gather_unit(void *context, int unit) {
  const pooling *p = context;
  CK_SPECIALISED(gather_row, p, window_row_at(p, unit));
}

static int lie_side_by_side(ck_windows w) {
  return w.stride.depth == w.depth && w.stride.height == w.height && w.stride.width == w.width &&
         w.padding.depth == 0 && w.padding.height == 0 && w.padding.width == 0 &&
         w.small.d * w.depth <= w.large.d && w.small.h * w.height <= w.large.h &&
         w.small.w * w.width <= w.large.w;
}

void ck_max_pool(ck_windows windows, ck_tensor large, ck_tensor maxima, uint8_t *positions,
                 int threads) {
  assert(windows.large.block <= CK_MAX_BLOCK &&
         windows.depth * windows.height * windows.width <= 256);
  if (!lie_side_by_side(windows)) {
    ck_max_pool_any(windows, large, maxima, positions, threads);
    return;
  }
  pooling p = {.windows = windows, .large = large, .small = maxima,
               .positions_result = positions};
  ck_parallel(threads, window_rows(windows), pool_unit, &p);
}

void ck_pool_scatter(ck_windows windows, ck_tensor small, const uint8_t *positions,
                     ck_tensor large, int accumulate, int threads) {
  if (!lie_side_by_side(windows)) {
    ck_pool_scatter_any(windows, small, positions, large, accumulate, threads);
    return;
  }
  pooling p = {.windows = windows, .large = large, .small = small, .positions = positions,
               .accumulate = accumulate};
  ck_parallel(threads, window_rows(windows), scatter_unit, &p);
}

void ck_pool_gather(ck_windows windows, ck_tensor large, const uint8_t *positions,
                    ck_tensor small, int accumulate, int threads) {
  if (!lie_side_by_side(windows)) {
    ck_pool_gather_any(windows, large, positions, small, accumulate, threads);
    return;
  }
  pooling p = {.windows = windows, .large = large, .small = small, .positions = positions,
               .accumulate = accumulate};
  ck_parallel(threads, window_rows(windows), gather_unit, &p);
}
