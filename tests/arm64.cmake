# Builds isp and its tests for 64-bit ARM and runs them under qemu-user: the reference rows equal the NEON rows, and every
# hash is the one that x86 gives. Needs the packages that docs/porting.md names.
#   cmake -DSOURCE=<tree> -DBINARY=<build folder> -P arm64.cmake
find_program(COMPILER aarch64-linux-gnu-g++)
find_program(QEMU NAMES qemu-aarch64 qemu-aarch64-static)
find_file(HIGHWAY libhwy.pc PATHS /usr/lib/aarch64-linux-gnu/pkgconfig NO_DEFAULT_PATH)
foreach(part COMPILER QEMU HIGHWAY)
  if(NOT ${part})
    message("SKIPPED: NEON was not tested, no ARM ${part} here. docs/porting.md names the packages.")
    return()
  endif()
endforeach()

execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${BINARY} -G Ninja
  --toolchain ${SOURCE}/cmake/aarch64-linux-gnu.cmake -DCMAKE_BUILD_TYPE=Release -DSUNNY16_ISP_ONLY=ON)
execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_COMMAND} --build ${BINARY})
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
execute_process(COMMAND_ERROR_IS_FATAL ANY COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${BINARY} -j ${cores} --output-on-failure
  -LE slow --no-tests=error)
