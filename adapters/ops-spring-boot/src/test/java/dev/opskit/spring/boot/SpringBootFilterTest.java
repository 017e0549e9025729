package dev.opskit.spring.boot;

import dev.opskit.core.http.RequestObserver;
import dev.opskit.testkit.core.RequestObserverAdapterContract;
import dev.opskit.testkit.core.RunningServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class SpringBootFilterTest implements RequestObserverAdapterContract {
  @Override
  public RunningServer serve(Map<String, Handler> handlers, List<RequestObserver> observers)
      throws Exception {
    ConfigurableApplicationContext context =
        StartedApplication.start(
            started -> register(started, observers), StartedApplication.Small.class);
    RequestMappingHandlerMapping mapping =
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    Method handle =
        Controller.class.getDeclaredMethod(
            "handle", HttpServletRequest.class, HttpServletResponse.class);
    handlers.forEach(
        (template, handler) ->
            mapping.registerMapping(
                RequestMappingInfo.paths(template)
                    .options(mapping.getBuilderConfiguration())
                    .build(),
                new Controller(handler),
                handle));
    return StartedApplication.server(context);
  }

  private static void register(GenericApplicationContext context, List<RequestObserver> observers) {
    DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
    for (int i = 0; i < observers.size(); i++) {
      RequestObserver observer = observers.get(i);
      RootBeanDefinition definition = new RootBeanDefinition(RequestObserver.class, () -> observer);
      beans.registerBeanDefinition("observer" + i, definition);
    }
  }

  private record Controller(Handler handler) {
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
      handler.handle(new Answer(response));
    }
  }

  private record Answer(HttpServletResponse response) implements Exchange {
    @Override
    public void send(int status, String text) throws IOException {
      response.setStatus(status);
      response.getOutputStream().print(text);
    }

    @Override
    public void begin(int status, String part) throws IOException {
      send(status, part);
      response.flushBuffer();
    }
  }
}
