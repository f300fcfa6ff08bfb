#include "ck_pooling.h"

#include "ck_lanes.h"

// A unit is a row of windows of one sample and block of channels. The inner loops run over the
// lanes of a pixel, and are compiled for the common blocks with the constant.

typedef struct {
  ck_windows windows;
  const float *from;
  float *to;
  const uint8_t *positions;
  uint8_t *positions_result;
  int accumulate;
} pooling;

typedef struct {
  int row;         // of windows
  long small;      // index of the row's first value in the small tensor
  long large;      // index of the first value of the row's windows in the large tensor
  long line;       // values in a row of pixels of the large tensor
} window_row;

static int window_rows(ck_windows w) { return w.large.n * ck_blocks(w.large) * w.small.h; }

CK_INLINE window_row window_row_at(ck_windows w, int unit) {
  int row = unit % w.small.h, plane = unit / w.small.h, block = w.large.block;
  return (window_row){
      .row = row,
      .small = (plane * ck_area(w.small) + (long)row * w.small.w) * block,
      .large = (plane * ck_area(w.large) + (long)row * w.height * w.large.w) * block,
      .line = (long)w.large.w * block,
  };
}

// `lanes` values of each pixel of a window, from `window` on.
CK_INLINE void pool_window(ck_windows w, long line, const float *window, float *maxima,
                           uint8_t *positions, int lanes) {
  float best[CK_MAX_BLOCK];
  int32_t where[CK_MAX_BLOCK];
  for (int lane = 0; lane < lanes; lane++) {
    best[lane] = window[lane];
    where[lane] = 0;
  }
  for (int y = 0; y < w.height; y++)
    for (int x = y == 0; x < w.width; x++) {
      const float *values = window + y * line + (long)x * w.large.block;
      int32_t position = y * w.width + x;
      for (int lane = 0; lane < lanes; lane++) {
        float value = values[lane];
        int larger = (value > best[lane]) | ((value != value) & (best[lane] == best[lane]));
        best[lane] = larger ? value : best[lane];
        where[lane] = larger ? position : where[lane];
      }
    }
  for (int lane = 0; lane < lanes; lane++) {
    maxima[lane] = best[lane];
    positions[lane] = (uint8_t)where[lane];
  }
}

CK_INLINE void pool_row(const pooling *p, window_row r, int block) {
  ck_windows w = p->windows;
  w.large.block = block;
  for (int column = 0; column < w.small.w; column++)
    pool_window(w, r.line, p->from + r.large + (long)column * w.width * block,
                p->to + r.small + (long)column * block,
                p->positions_result + r.small + (long)column * block, block);
}

CK_INLINE void zero_or_keep(const pooling *p, float *values, long count) {
  if (!p->accumulate) memset(values, 0, count * sizeof(float));
}

CK_INLINE void scatter_row(const pooling *p, window_row r, int block) {
  ck_windows w = p->windows;
  int covered = w.small.w * w.width;
  for (int y = 0; y < w.height; y++) {
    float *line = p->to + r.large + y * r.line;
    for (int column = 0; column < w.small.w; column++) {
      const float *restrict values = p->from + r.small + (long)column * block;
      const uint8_t *restrict positions = p->positions + r.small + (long)column * block;
      for (int x = 0; x < w.width; x++) {
        float *restrict result = line + (long)(column * w.width + x) * block;
        uint8_t position = (uint8_t)(y * w.width + x);
        if (p->accumulate)
          for (int lane = 0; lane < block; lane++)
            result[lane] += positions[lane] == position ? values[lane] : 0;
        else
          for (int lane = 0; lane < block; lane++)
            result[lane] = positions[lane] == position ? values[lane] : 0;
      }
    }
    zero_or_keep(p, line + (long)covered * block, (long)(w.large.w - covered) * block);
  }
  if (r.row == w.small.h - 1) {
    int left_over = w.large.h - w.small.h * w.height;
    zero_or_keep(p, p->to + r.large + w.height * r.line, left_over * r.line);
  }
}

CK_INLINE void gather_row(const pooling *p, window_row r, int block) {
  ck_windows w = p->windows;
  for (int column = 0; column < w.small.w; column++) {
    const float *window = p->from + r.large + (long)column * w.width * block;
    const uint8_t *positions = p->positions + r.small + (long)column * block;
    float *result = p->to + r.small + (long)column * block;
    for (int lane = 0; lane < block; lane++) {
      int y = positions[lane] / w.width, x = positions[lane] % w.width;
      float value = window[y * r.line + (long)x * block + lane];
      result[lane] = p->accumulate ? result[lane] + value : value;
    }
  }
}

CK_KERNEL static void pool_unit(void *context, int unit) {
  const pooling *p = context;
  window_row r = window_row_at(p->windows, unit);
  switch (p->windows.large.block) {
  case 16: pool_row(p, r, 16); break;
  case 8: pool_row(p, r, 8); break;
  case 1: pool_row(p, r, 1); break;
  default: pool_row(p, r, p->windows.large.block);
  }
}

CK_KERNEL static void scatter_unit(void *context, int unit) {
  const pooling *p = context;
  window_row r = window_row_at(p->windows, unit);
  switch (p->windows.large.block) {
  case 16: scatter_row(p, r, 16); break;
  case 8: scatter_row(p, r, 8); break;
  case 1: scatter_row(p, r, 1); break;
  default: scatter_row(p, r, p->windows.large.block);
  }
}

CK_KERNEL static void gather_unit(void *context, int unit) {
  const pooling *p = context;
  window_row r = window_row_at(p->windows, unit);
  switch (p->windows.large.block) {
  case 16: gather_row(p, r, 16); break;
  case 8: gather_row(p, r, 8); break;
  case 1: gather_row(p, r, 1); break;
  default: gather_row(p, r, p->windows.large.block);
  }
}

void ck_max_pool(ck_windows windows, const float *large, float *maxima, uint8_t *positions,
                 int threads) {
  assert(windows.large.block <= CK_MAX_BLOCK && windows.height * windows.width <= 256);
  pooling p = {.windows = windows, .from = large, .to = maxima, .positions_result = positions};
  ck_parallel(threads, window_rows(windows), pool_unit, &p);
}

void ck_pool_scatter(ck_windows windows, const float *small, const uint8_t *positions,
                     float *large, int accumulate, int threads) {
  pooling p = {.windows = windows, .from = small, .to = large, .positions = positions,
               .accumulate = accumulate};
  ck_parallel(threads, window_rows(windows), scatter_unit, &p);
}

void ck_pool_gather(ck_windows windows, const float *large, const uint8_t *positions,
                    float *small, int accumulate, int threads) {
  pooling p = {.windows = windows, .from = large, .to = small, .positions = positions,
               .accumulate = accumulate};
  ck_parallel(threads, window_rows(windows), gather_unit, &p);
}
