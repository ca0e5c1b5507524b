# Target opencv_light: OpenCV's core and imgproc. Debian's packages of single modules bring no CMake files.
include_guard(GLOBAL)
find_path(OPENCV_INCLUDE opencv2/imgproc.hpp PATH_SUFFIXES opencv4 REQUIRED)
find_library(OPENCV_CORE opencv_core REQUIRED)
find_library(OPENCV_IMGPROC opencv_imgproc REQUIRED)
add_library(opencv_light INTERFACE)
target_include_directories(opencv_light SYSTEM INTERFACE ${OPENCV_INCLUDE})
target_link_libraries(opencv_light INTERFACE ${OPENCV_IMGPROC} ${OPENCV_CORE})
