// Expat 2.5: the elements of an XML file as events. It reads no other file, and DOCTYPE, with which
// entities begin that grow without bound, is refused as soon as it is seen.
#include <expat.h>
