import * as echarts from 'echarts';

import type { Axis, Plot } from './support/benchmark';
import { round } from './format';

const [WIDTH, HEIGHT] = [760, 420];

/** A plot as an SVG document: lines with a mark at each measured point, in the order of their series. */
export function toSvg({ title, x, y, series }: Plot): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });

  chart.setOption({
    animation: false,
    // Pages may be dark.
    backgroundColor: '#ffffff',
    title: { text: title, left: 'center', textStyle: { fontSize: 15 } },
    legend: { bottom: 0 },
    grid: { left: 70, right: 30, top: 50, bottom: 80 },
    xAxis: { ...axis(x), nameGap: 28 },
    yAxis: { ...axis(y), nameGap: 50 },
    series: series.map(({ name, points }) => ({ name, type: 'line', data: points, symbolSize: 7 })),
  });
  const svg = chart.renderToSVGString();

  chart.dispose();
  return `${svg}\n`;
}

function axis({ name, log }: Axis) {
  return { name, type: log ? 'log' : 'value', nameLocation: 'middle', axisLabel: { formatter: round } };
}
