#ifndef IC_TIFF_TAGS_H
#define IC_TIFF_TAGS_H

#include <tiffio.h>

#include "ic_internal.h"

// Tags of GeoTIFF (OGC 19-008r4) and of GDAL that say where the pixels lie; the last has no number.
extern const TIFFFieldInfo ic_geographic_tags[];
// Makes libtiff read and write them.
void ic_know_geographic_tags(void);
// From a page to the one that is being written.
int ic_copy_geographic_tags(ic_tiff *from, int page, TIFF *to, ic_message *message);

#endif
