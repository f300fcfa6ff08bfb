#include "ic_tiff_tags.h"

#include <pthread.h>

#define NUMBERS(tag, type, name) {tag, -1, -1, type, FIELD_CUSTOM, 1, 1, name}

const TIFFFieldInfo ic_geographic_tags[] = {
    NUMBERS(33550, TIFF_DOUBLE, "ModelPixelScale"),
    NUMBERS(33920, TIFF_DOUBLE, "IntergraphMatrix"),
    NUMBERS(33922, TIFF_DOUBLE, "ModelTiepoint"),
    NUMBERS(34264, TIFF_DOUBLE, "ModelTransformation"),
    NUMBERS(34735, TIFF_SHORT, "GeoKeyDirectory"),
    NUMBERS(34736, TIFF_DOUBLE, "GeoDoubleParams"),
    {34737, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GeoAsciiParams"},
    NUMBERS(50844, TIFF_DOUBLE, "RPCCoefficients"),
    {0},
};

static TIFFExtendProc others;

static void add_tags(TIFF *file) {
  uint32_t count = sizeof ic_geographic_tags / sizeof ic_geographic_tags[0] - 1;
  TIFFMergeFieldInfo(file, ic_geographic_tags, count);
  if (others) others(file);
}

static void extend(void) { others = TIFFSetTagExtender(add_tags); }

void ic_know_geographic_tags(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, extend);
}
