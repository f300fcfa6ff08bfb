#include "ck_dispatch.h"
#include "ck_distance.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// The two objects nearest to a pixel along its column: which (0: none) and how far.
typedef struct {
  int32_t object[2], distance[2];
} nearest;

typedef struct {
  const ck_label *labels;
  int h, w;
  float w0, sigma;
  int reach, everywhere;
  float *weights;
  int32_t *scratch;
} border;

// MARK: - Objects

static int32_t root(int32_t *parent, int32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static void join(int32_t *parent, int32_t a, int32_t b) {
  a = root(parent, a);
  b = root(parent, b);
  if (a < b)
    parent[b] = a;
  else
    parent[a] = b;
}

static int is_object(ck_label label, int first) { return label >= first && label != CK_IGNORED; }

int ck_objects(const ck_label *labels, int h, int w, int first, int32_t *objects, int32_t *parent) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      int32_t i = y * w + x;
      parent[i] = i;
      if (!is_object(labels[i], first)) continue;
      if (x > 0 && labels[i - 1] == labels[i]) join(parent, i, i - 1);
      if (y == 0) continue;
      for (int dx = x > 0 ? -1 : 0; dx <= (x < w - 1 ? 1 : 0); dx++)
        if (labels[i - w + dx] == labels[i]) join(parent, i, i - w + dx);
    }
  int count = 0;
  for (int32_t i = 0; i < h * w; i++) {
    objects[i] = 0;
    if (!is_object(labels[i], first)) continue;
    int32_t start = root(parent, i);
    objects[i] = start == i ? ++count : objects[start];
  }
  return count;
}

// MARK: - Two nearest objects

// Takes an object at a distance (along the column, or squared) into the two nearest; of those as
// far, the one met first stays.
CK_INLINE void meet(nearest *two, int32_t object, int32_t distance) {
  if (object == 0) return;
  if (object == two->object[0]) {
    if (distance < two->distance[0]) two->distance[0] = distance;
  } else if (two->object[0] == 0 || distance < two->distance[0]) {
    two->object[1] = two->object[0];
    two->distance[1] = two->distance[0];
    two->object[0] = object;
    two->distance[0] = distance;
  } else if (two->object[1] == 0 || distance < two->distance[1]) {
    two->object[1] = object;
    two->distance[1] = distance;
  }
}

// Both nearest objects of a pixel are among the two nearest of some column each, so columns first.
static void scan_columns(const int32_t *objects, int h, int w, nearest *columns) {
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      long i = (long)y * w + x;
      nearest two = {{0, 0}, {0, 0}};
      meet(&two, objects[i], 0);
      if (y > 0)
        for (int k = 0; k < 2; k++)
          meet(&two, columns[i - w].object[k], columns[i - w].distance[k] + 1);
      columns[i] = two;
    }
  for (int y = h - 2; y >= 0; y--)
    for (int x = 0; x < w; x++) {
      long i = (long)y * w + x;
      for (int k = 0; k < 2; k++)
        meet(&columns[i], columns[i + w].object[k], columns[i + w].distance[k] + 1);
    }
}

// Squared distances to the two nearest objects of pixel x of a row; 0 where there are no two within
// reach.
static int two_nearest(const nearest *row, int x, int w, int reach, int32_t squared[2]) {
  nearest two = {{0, 0}, {0, 0}};
  int32_t limit = reach * reach;
  for (int dx = 0; dx <= reach; dx++) {
    int32_t square = dx * dx;
    if (two.object[1] != 0 && square >= two.distance[1]) break;
    for (int side = 0; side < (dx == 0 ? 1 : 2); side++) {
      int at = side == 0 ? x - dx : x + dx;
      if (at < 0 || at >= w) continue;
      for (int k = 0; k < 2; k++) {
        int32_t d = row[at].distance[k];
        if (d <= reach) meet(&two, row[at].object[k], d * d + square);
      }
    }
  }
  if (two.object[1] == 0 || two.distance[1] > limit) return 0;
  squared[0] = two.distance[0];
  squared[1] = two.distance[1];
  return 1;
}

static void border_image(void *context, int n) {
  const border *job = context;
  int h = job->h, w = job->w;
  long area = (long)h * w;
  const ck_label *labels = job->labels + n * area;
  float *weights = job->weights + n * area;
  int32_t *objects = job->scratch + 5 * n * area;
  nearest *columns = (nearest *)(objects + area);
  ck_objects(labels, h, w, 1, objects, objects + area);
  scan_columns(objects, h, w, columns);

  float scale = -1.0f / (2.0f * job->sigma * job->sigma);
  for (int y = 0; y < h; y++)
    for (int x = 0; x < w; x++) {
      long i = (long)y * w + x;
      int32_t squared[2];
      if (labels[i] == CK_IGNORED || (labels[i] != 0 && !job->everywhere)) continue;
      if (!two_nearest(columns + (long)y * w, x, w, job->reach, squared)) continue;
      float distance = sqrtf((float)squared[0]) + sqrtf((float)squared[1]);
      weights[i] += job->w0 * ck_exp(scale * distance * distance);
    }
}

void ck_border_weights(const ck_label *labels, int n, int h, int w, float w0, float sigma,
                       int reach, int everywhere, float *weights, int32_t *scratch, int threads) {
  border job = {labels, h, w, w0, sigma, reach, everywhere, weights, scratch};
  ck_parallel(threads, n, border_image, &job);
}
