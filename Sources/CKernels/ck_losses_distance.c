#include <string.h>

#include "ck_dispatch.h"
#include "ck_distance.h"
#include "ck_parallel.h"
#include "ck_tile.h"

// A row of the image with, for every pixel, its distance along the column; `far` where the column
// has no source.
typedef struct {
  int *vertex;    // [w + 2] columns whose parabola is part of the envelope
  double *start;  // [w + 2] where each begins
  int *run;       // [w + 2] distances of one run of a label, with the pixel before and after
  int *row;       // [w] distances of a row, seen from below
  int *result;    // [w + 2]
  int *plane;     // [h, w] distances seen from above
} memory;

enum { ALIGNED = 64 };

static long padded(long bytes) { return (bytes + ALIGNED - 1) / ALIGNED * ALIGNED; }

long ck_distance_scratch(int h, int w) {
  return padded(sizeof(double) * (w + 2)) + 4 * padded(sizeof(int) * (w + 2)) +
         padded(sizeof(int) * (long)h * w);
}

static memory divide(void *scratch, int w) {
  char *bytes = scratch;
  long ints = padded(sizeof(int) * (w + 2));
  memory m;
  m.start = (double *)bytes;
  bytes += padded(sizeof(double) * (w + 2));
  m.vertex = (int *)bytes;
  m.run = (int *)(bytes + ints);
  m.row = (int *)(bytes + 2 * ints);
  m.result = (int *)(bytes + 3 * ints);
  m.plane = (int *)(bytes + 4 * ints);
  return m;
}

// result[x] = min over q of distance[q]² + (x − q)², or 0 where every distance is `far`.
// Where two parabolas meet is computed in double. Rounding cannot matter: if it moves the meeting
// point across an integer, the two have the same value there.
static void envelope(const int *distance, int count, int far, memory m, int *result) {
  int top = -1;
  for (int q = 0; q < count; q++) {
    if (distance[q] >= far) continue;
    double height = (double)distance[q] * distance[q] + (double)q * q, from = -1;
    for (; top >= 0; top--) {
      int v = m.vertex[top];
      double lower = (double)distance[v] * distance[v] + (double)v * v;
      from = (height - lower) / (2.0 * (q - v));
      if (from >= 0 && from > m.start[top]) break;
    }
    top++;
    m.vertex[top] = q;
    m.start[top] = top == 0 ? -1 : from;
  }
  if (top < 0) {
    memset(result, 0, sizeof(int) * (size_t)count);
    return;
  }
  int x = 0;
  for (int k = 0; k <= top; k++) {
    int end = count, q = m.vertex[k], height = distance[q] * distance[q];
    if (k < top && m.start[k + 1] < count) end = (int)m.start[k + 1] + 1;
    for (; x < end; x++) result[x] = height + (x - q) * (x - q);
  }
}

// The same by trying the columns one more off each time, until none can be nearer: quicker where
// sources are dense. Returns 0, and leaves a result of no use, where `most` columns are not enough.
CK_KERNEL static int search(const int *restrict distance, int count, int far, int most,
                            int *restrict squares, int *restrict result) {
  const int endless = 1 << 30;
  for (int x = 0; x < count; x++) {
    squares[x] = distance[x] < far ? distance[x] * distance[x] : endless;
    result[x] = squares[x];
  }
  for (int dx = 1; dx <= most; dx++) {
    int square = dx * dx, greatest = 0;
    for (int x = 0; x < count - dx; x++) {
      int d = squares[x + dx] + square;
      result[x] = d < result[x] ? d : result[x];
    }
    for (int x = dx; x < count; x++) {
      int d = squares[x - dx] + square;
      result[x] = d < result[x] ? d : result[x];
    }
    for (int x = 0; x < count; x++) greatest = result[x] > greatest ? result[x] : greatest;
    if (greatest <= (dx + 1) * (dx + 1)) return 1;
  }
  return 0;
}

// MARK: - To the nearest pixel with another label

typedef struct {
  const ck_label *labels;
  int n, h, w;
  int32_t *squared;
  char *scratch;
  int shares;
} others;

CK_KERNEL static void scan_down(const ck_label *labels, int h, int w, int far, int *plane) {
  for (int x = 0; x < w; x++) plane[x] = far;
  for (int y = 1; y < h; y++) {
    const ck_label *above = labels + (long)(y - 1) * w, *here = above + w;
    const int *before = plane + (long)(y - 1) * w;
    int *to = plane + (long)y * w;
    for (int x = 0; x < w; x++) {
      int next = before[x] < far ? before[x] + 1 : far;
      to[x] = here[x] != above[x] ? 1 : next;
    }
  }
}

CK_KERNEL static void scan_up(const ck_label *here, const ck_label *below, int w, int far, int *row) {
  for (int x = 0; x < w; x++) {
    int next = row[x] < far ? row[x] + 1 : far;
    row[x] = here[x] != below[x] ? 1 : next;
  }
}

static void image_to_others(const ck_label *labels, int h, int w, int32_t *squared, memory m) {
  int far = h + w;
  scan_down(labels, h, w, far, m.plane);
  for (int x = 0; x < w; x++) m.row[x] = far;
  for (int y = h - 1; y >= 0; y--) {
    const ck_label *here = labels + (long)y * w;
    const int *down = m.plane + (long)y * w;
    if (y < h - 1) scan_up(here, here + w, w, far, m.row);
    // Within a run of one label the nearest column outside of it is the one beside it, whose pixel
    // in this row is a source.
    for (int first = 0; first < w;) {
      int end = first + 1;
      while (end < w && here[end] == here[first]) end++;
      int count = end - first;
      m.run[0] = first > 0 ? 0 : far;
      for (int i = 0; i < count; i++) {
        int up = m.row[first + i], above = down[first + i];
        m.run[i + 1] = up < above ? up : above;
      }
      m.run[count + 1] = end < w ? 0 : far;
      envelope(m.run, count + 2, far, m, m.result);
      memcpy(squared + (long)y * w + first, m.result + 1, sizeof(int) * (size_t)count);
      first = end;
    }
  }
}

// Every thread takes each so many'th image and has memory of its own.
static void others_share(void *context, int unit) {
  const others *job = context;
  memory m = divide(job->scratch + unit * ck_distance_scratch(job->h, job->w), job->w);
  long area = (long)job->h * job->w;
  for (int n = unit; n < job->n; n += job->shares)
    image_to_others(job->labels + n * area, job->h, job->w, job->squared + n * area, m);
}

void ck_distance_to_others(const ck_label *labels, int n, int h, int w, int32_t *squared,
                           void *scratch, int threads) {
  others job = {labels, n, h, w, squared, scratch, threads};
  ck_parallel(threads, threads, others_share, &job);
}

// MARK: - To the nearest pixel of a class

typedef struct {
  const ck_label *labels;
  const int32_t *others;
  const uint8_t *used;
  int n, classes, h, w;
  ck_distance_kind kind;
  float exponent;
  int adds;
  float *maps;
  char *scratch;
  int shares;
} class_distances;

CK_KERNEL static void scan_class_down(const ck_label *labels, int class, int h, int w, int far,
                                      int *plane) {
  for (int x = 0; x < w; x++) plane[x] = labels[x] == class ? 0 : far;
  for (int y = 1; y < h; y++) {
    const ck_label *here = labels + (long)y * w;
    const int *before = plane + (long)(y - 1) * w;
    int *to = plane + (long)y * w;
    for (int x = 0; x < w; x++) {
      int next = before[x] < far ? before[x] + 1 : far;
      to[x] = here[x] == class ? 0 : next;
    }
  }
}

// row: distances to the class below; down: above; the lesser goes to `nearest`.
CK_KERNEL static void scan_class_up(const ck_label *here, int class, int w, int far,
                                    const int *down, int *row, int *nearest) {
  for (int x = 0; x < w; x++) {
    int next = row[x] < far ? row[x] + 1 : far;
    row[x] = here[x] == class ? 0 : next;
    nearest[x] = row[x] < down[x] ? row[x] : down[x];
  }
}

// m.result = the squared distances of a row whose distances along the columns are m.run. A search
// that came to nothing is not tried again for some rows; either way is exact.
static void across(memory m, int w, int far, int *pause) {
  enum { MOST = 12, PAUSE = 16 };
  if (*pause > 0) {
    (*pause)--;
    envelope(m.run, w, far, m, m.result);
  } else if (!search(m.run, w, far, MOST, m.vertex, m.result)) {
    *pause = PAUSE;
    envelope(m.run, w, far, m, m.result);
  }
}

CK_KERNEL static void write_signed(const int *outside, const int32_t *inside, int w, int adds,
                                   float *to) {
  for (int x = 0; x < w; x++) {
    float distance = outside[x] > 0 ? sqrtf((float)outside[x]) : 1.0f - sqrtf((float)inside[x]);
    to[x] = adds ? to[x] + distance : distance;
  }
}

// Of squares: half the exponent. 2 needs no power.
CK_KERNEL static void write_power(const int *outside, const int32_t *inside, int w, float half,
                                  int adds, float *to) {
  for (int x = 0; x < w; x++) {
    float square = (float)(outside[x] > 0 ? outside[x] : inside[x]);
    float power = half == 1.0f ? square : ck_exp(half * ck_log(square));
    to[x] = adds ? to[x] + power : power;
  }
}

static void plane_distances(const class_distances *job, int n, int class, memory m) {
  int h = job->h, w = job->w, far = h + w;
  long area = (long)h * w;
  const ck_label *labels = job->labels + n * area;
  const int32_t *inside = job->others + n * area;
  float *map = job->maps + ((long)n * job->classes + class) * area;
  // An image of one label has no distances, nor has one without the class.
  if (inside[0] == 0 || !ck_has_label(labels, area, class)) {
    if (!job->adds) memset(map, 0, sizeof(float) * (size_t)area);
    return;
  }
  scan_class_down(labels, class, h, w, far, m.plane);
  for (int x = 0; x < w; x++) m.row[x] = far;
  int pause = 0;
  for (int y = h - 1; y >= 0; y--) {
    scan_class_up(labels + (long)y * w, class, w, far, m.plane + (long)y * w, m.row, m.run);
    across(m, w, far, &pause);
    float *to = map + (long)y * w;
    if (job->kind == CK_SIGNED_DISTANCE)
      write_signed(m.result, inside + (long)y * w, w, job->adds, to);
    else
      write_power(m.result, inside + (long)y * w, w, 0.5f * job->exponent, job->adds, to);
  }
}

static void class_share(void *context, int unit) {
  const class_distances *job = context;
  memory m = divide(job->scratch + unit * ck_distance_scratch(job->h, job->w), job->w);
  for (int i = unit; i < job->n * job->classes; i += job->shares)
    if (job->used[i % job->classes]) plane_distances(job, i / job->classes, i % job->classes, m);
}

void ck_class_distances(const ck_label *labels, const int32_t *others, const uint8_t *used, int n,
                        int classes, int h, int w, ck_distance_kind kind, float exponent, int adds,
                        float *maps, void *scratch, int threads) {
  class_distances job = {labels, others, used, n,    classes, h,
                         w,      kind,   exponent, adds, maps,    scratch, threads};
  ck_parallel(threads, threads, class_share, &job);
}

// MARK: - From one set of pixels to another

long ck_distances_between(const ck_label *from, const ck_label *to, int class, int h, int w,
                          int32_t *squared, void *scratch) {
  memory m = divide(scratch, w);
  int far = h + w, pause = 0;
  long count = 0;
  scan_class_down(to, class, h, w, far, m.plane);
  for (int x = 0; x < w; x++) m.row[x] = far;
  for (int y = h - 1; y >= 0; y--) {
    const ck_label *here = from + (long)y * w;
    scan_class_up(to + (long)y * w, class, w, far, m.plane + (long)y * w, m.row, m.run);
    if (!ck_has_label(here, w, class)) continue;
    across(m, w, far, &pause);
    for (int x = 0; x < w; x++)
      if (here[x] == class) squared[count++] = m.result[x];
  }
  return count;
}

// The columns whose parabolas (height · distance[q])² + width² · (x − q)² are the lowest somewhere, in m.vertex
// from m.start on. Returns how many there are.
static int spaced_envelope(const int *distance, int count, int far, memory m, double height,
                           double width) {
  int top = -1;
  for (int q = 0; q < count; q++) {
    if (distance[q] >= far) continue;
    double own = height * distance[q], at = width * q, value = own * own + at * at, from = -1;
    for (; top >= 0; top--) {
      int v = m.vertex[top];
      double other = height * distance[v], beside = width * v;
      from = (value - other * other - beside * beside) / (2.0 * width * width * (q - v));
      if (from >= 0 && from > m.start[top]) break;
    }
    top++;
    m.vertex[top] = q;
    m.start[top] = top == 0 ? -1 : from;
  }
  return top + 1;
}

long ck_spaced_distances_between(const ck_label *from, const ck_label *to, int class, int h, int w,
                                 double height, double width, double *squared, void *scratch) {
  memory m = divide(scratch, w);
  int far = h + w;
  long count = 0;
  scan_class_down(to, class, h, w, far, m.plane);
  for (int x = 0; x < w; x++) m.row[x] = far;
  for (int y = h - 1; y >= 0; y--) {
    const ck_label *here = from + (long)y * w;
    scan_class_up(to + (long)y * w, class, w, far, m.plane + (long)y * w, m.row, m.run);
    if (!ck_has_label(here, w, class)) continue;
    int parabolas = spaced_envelope(m.run, w, far, m, height, width);
    for (int x = 0, k = 0; x < w; x++) {
      while (k + 1 < parabolas && m.start[k + 1] < x) k++;
      if (here[x] != class) continue;
      double down = height * m.run[m.vertex[k]], across = width * (x - m.vertex[k]);
      squared[count++] = down * down + across * across;
    }
  }
  return count;
}

// MARK: - Weights of pixels

static int place_of(ck_label label) { return label < CK_MAX_CLASSES ? label : CK_MAX_CLASSES; }

void ck_boundary_penalties(const ck_label *labels, const int32_t *others, int n, long area,
                           float *penalties) {
  for (int image = 0; image < n; image++) {
    const ck_label *label = labels + image * area;
    const int32_t *squared = others + image * area;
    // What is ignored has the last place.
    int32_t greatest[CK_MAX_CLASSES + 1] = {0};
    for (long i = 0; i < area; i++) {
      int32_t *most = greatest + place_of(label[i]);
      if (squared[i] > *most) *most = squared[i];
    }
    float scale[CK_MAX_CLASSES + 1];
    for (int y = 0; y <= CK_MAX_CLASSES; y++)
      scale[y] = greatest[y] > 0 ? 1.0f / sqrtf((float)greatest[y]) : 1.0f;
    for (long i = 0; i < area; i++) {
      int place = place_of(label[i]);
      float share = greatest[place] > 0 ? sqrtf((float)squared[i]) * scale[place] : 1.0f;
      penalties[image * area + i] = 2.0f - share;
    }
  }
}
