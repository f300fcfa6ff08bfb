#include <math.h>
#include <string.h>

#include "ck_losses.h"
#include "ck_parallel.h"
#include "ck_topology.h"

typedef struct {
  int classes;
  const uint8_t *used;
  int h, w, window, rows, columns;
  float *p;
  const ck_label *labels;
  double *values;
  char *scratch;
  int units, shares;
} persistence;

// One window of one image. Arrays of its pixels lie one behind the other.
typedef struct {
  int n, y, x, h, w;
  long area;
  uint64_t *items;             // [2, area]
  ck_persistence_pair *pairs;  // [area]
  float *values, *slopes;      // [area]
  int32_t *order, *forest;     // [area], [3, area] and a few
  int32_t *components, *holes;  // [K]
  uint8_t *chosen;             // [area]
} view;

static long side(int extent, int window) { return extent < window ? extent : window; }

long ck_persistence_loss_scratch(int classes, int h, int w, int window) {
  long area = side(h, window) * side(w, window);
  long bytes = area * (16 + (long)sizeof(ck_persistence_pair) + 2 * 4 + 4 + 3 * 4 + 1) + 4 * 4 +
               8L * classes;
  return (bytes + 63) / 64 * 64;
}

static view view_unit(const persistence *job, int unit, void *scratch) {
  int column = unit % job->columns, row = unit / job->columns % job->rows;
  view at = {.n = unit / (job->columns * job->rows),
             .y = row * job->window,
             .x = column * job->window};
  at.h = (int)side(job->h - at.y, job->window);
  at.w = (int)side(job->w - at.x, job->window);
  at.area = (long)at.h * at.w;
  at.items = scratch;
  at.pairs = (ck_persistence_pair *)(at.items + 2 * at.area);
  at.values = (float *)(at.pairs + at.area);
  at.slopes = at.values + at.area;
  at.order = (int32_t *)(at.slopes + at.area);
  at.forest = at.order + at.area;
  at.components = at.forest + 3 * at.area + 4;
  at.holes = at.components + job->classes;
  at.chosen = (uint8_t *)(at.holes + job->classes);
  return at;
}

// Of a pair, when it appears and when it is gone; gone_at is -1 for what lives on to 0.
typedef struct {
  int32_t born_at, gone_at;
  float born, gone;
} life;

static life life_of(const view *at, ck_persistence_pair pair, int is_hole) {
  life found = {is_hole ? pair.saddle : pair.peak, is_hole ? pair.peak : pair.saddle, 0, 0};
  found.born = at->values[found.born_at];
  found.gone = found.gone_at < 0 ? 0.0f : at->values[found.gone_at];
  return found;
}

// Chooses the `wanted` pairs that live longest, of equals the first. Returns how many there are.
static int choose(const view *at, long pairs, int is_hole, int wanted) {
  memset(at->chosen, 0, (size_t)pairs);
  float *lengths = (float *)at->forest;
  int32_t *order = at->forest + pairs;
  for (long i = 0; i < pairs; i++) {
    life found = life_of(at, at->pairs[i], is_hole);
    lengths[i] = found.born - found.gone;
  }
  ck_falling_order(lengths, pairs, order, at->items);
  int count = 0;
  while (count < wanted && count < pairs && lengths[order[count]] > 0.0f)
    at->chosen[order[count++]] = 1;
  return count;
}

static double judge(const view *at, long pairs, int is_hole, int wanted) {
  double value = 0.5 * (wanted - choose(at, pairs, is_hole, wanted));
  for (long i = 0; i < pairs; i++) {
    life found = life_of(at, at->pairs[i], is_hole);
    float born = found.born, gone = found.gone;
    float by_born, by_gone;
    if (at->chosen[i]) {
      value += (1.0 - (double)born) * (1.0 - (double)born) + (double)gone * (double)gone;
      by_born = -2.0f * (1.0f - born);
      by_gone = 2.0f * gone;
    } else {
      double length = (double)born - (double)gone;
      value += 0.5 * length * length;
      by_born = born - gone;
      by_gone = gone - born;
    }
    at->slopes[found.born_at] += by_born;
    if (found.gone_at >= 0) at->slopes[found.gone_at] += by_gone;
  }
  return value;
}

static double judge_class(const view *at, int class) {
  memset(at->slopes, 0, sizeof(float) * (size_t)at->area);
  ck_falling_order(at->values, at->area, at->order, at->items);
  long pairs = ck_persistence_pairs(at->order, at->h, at->w, 1, 0, at->pairs, at->forest);
  double value = judge(at, pairs, 0, at->components[class]);
  for (long i = 0, j = at->area - 1; i < j; i++, j--) {
    int32_t place = at->order[i];
    at->order[i] = at->order[j];
    at->order[j] = place;
  }
  pairs = ck_persistence_pairs(at->order, at->h, at->w, 0, 1, at->pairs, at->forest);
  return value + judge(at, pairs, 1, at->holes[class]);
}

static double judge_view(const persistence *job, const view *at) {
  long area = (long)job->h * job->w;
  const ck_label *labels = job->labels + at->n * area;
  int valid = 0;
  for (int y = 0; y < at->h; y++)
    for (int x = 0; x < at->w; x++)
      valid |= labels[(long)(at->y + y) * job->w + at->x + x] != CK_IGNORED;
  if (valid)
    ck_betti_numbers(labels, job->w, at->y, at->y + at->h, at->x, at->x + at->w, job->classes,
                     at->components, at->holes, at->forest);
  double value = 0;
  for (int class = 0; class < job->classes; class++) {
    float *p = job->p + ((long)at->n * job->classes + class) * area + (long)at->y * job->w + at->x;
    const ck_label *from = labels + (long)at->y * job->w + at->x;
    int takes_part = valid && job->used[class];
    double nan = 0;
    for (int y = 0; takes_part && y < at->h; y++)
      for (int x = 0; x < at->w; x++) {
        long i = (long)y * job->w + x;
        float known = from[i] == CK_IGNORED ? 0.0f : p[i];
        at->values[(long)y * at->w + x] = known;
        nan += 0.0 * (double)known;
      }
    if (takes_part) value += isnan(nan) ? nan : judge_class(at, class);
    takes_part = takes_part && !isnan(nan);
    for (int y = 0; y < at->h; y++)
      for (int x = 0; x < at->w; x++)
        p[(long)y * job->w + x] = takes_part ? at->slopes[(long)y * at->w + x] : 0.0f;
  }
  return valid ? value : -1;
}

static void persistence_share(void *context, int share) {
  const persistence *job = context;
  long bytes = ck_persistence_loss_scratch(job->classes, job->h, job->w, job->window);
  for (int unit = share; unit < job->units; unit += job->shares) {
    view at = view_unit(job, unit, job->scratch + share * bytes);
    job->values[unit] = judge_view(job, &at);
  }
}

void ck_persistence_loss(int n, int classes, const uint8_t *used, int h, int w, int window, float *p,
                         const ck_label *labels, double *values, void *scratch, int threads) {
  int rows = ck_windows_along(h, window), columns = ck_windows_along(w, window);
  persistence job = {classes, used,   h,      w,       window,
                     rows,    columns, p,      labels,  values,
                     scratch, n * rows * columns, threads};
  ck_parallel(threads, threads, persistence_share, &job);
}
